// The disk as the sources of one run see it: each path is asked for once, whatever the number of units.
#pragma once

#include <llvm/Support/VirtualFileSystem.h>

#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/cpp/inputs.h"

namespace gate::cpp {

// Regular files and folders alone: a device or a pipe under an #include would block, or eat the worker's own requests.
// What a path held when it was first asked for stays for the life of this object. Not for several threads.
class SourceFiles : public llvm::vfs::FileSystem {
 public:
  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine& path) override;
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> openFileForRead(const llvm::Twine& path) override;
  llvm::vfs::directory_iterator dir_begin(const llvm::Twine& path, std::error_code& error) override;
  llvm::ErrorOr<std::string> getCurrentWorkingDirectory() const override { return folder_; }
  std::error_code setCurrentWorkingDirectory(const llvm::Twine& path) override;

  void forget_inputs() { ++round_, touched_.clear(), listings_.clear(); }
  std::vector<Input> inputs();  // what was asked for since, each path once, in no order

 private:
  struct Entry {
    llvm::ErrorOr<llvm::vfs::Status> status = std::make_error_code(std::errc::no_such_file_or_directory);
    bool opened = false;
    std::error_code unreadable;  // set where `opened` and the bytes are not there
    std::string bytes, real_path, digest;
    std::uint64_t asked_in = 0, opened_in = 0;  // rounds: what a unit did not do is no input of it
  };
  class File;

  std::string absolute(const llvm::Twine& path) const;
  Entry& find(const llvm::Twine& path);
  static Input input_of(Entry& entry, const std::string& path, bool opened);

  std::unordered_map<std::string, Entry> entries_;  // by absolute path; entries stay where they are
  std::vector<std::pair<const std::string, Entry>*> touched_;
  std::vector<Input> listings_;
  Links links_;
  std::uint64_t round_ = 1;
  std::string folder_ = "/";
};

}  // namespace gate::cpp
