#include "adapters/cpp/source_files.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

namespace gate::cpp {

namespace vfs = llvm::vfs;

class SourceFiles::File : public vfs::File {
 public:
  File(vfs::Status status, const Entry& entry) : status_(std::move(status)), entry_(entry) {}

  llvm::ErrorOr<vfs::Status> status() override { return status_; }
  llvm::ErrorOr<std::string> getName() override { return entry_.real_path; }
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> getBuffer(const llvm::Twine& name, std::int64_t, bool,
                                                               bool) override {
    llvm::SmallString<256> storage;
    return llvm::MemoryBuffer::getMemBuffer(entry_.bytes, name.toStringRef(storage));
  }
  std::error_code close() override { return {}; }

 private:
  vfs::Status status_;
  const Entry& entry_;
};

std::string SourceFiles::absolute(const llvm::Twine& path) const {
  llvm::SmallString<256> absolute;
  path.toVector(absolute);
  if (!llvm::sys::path::is_absolute(absolute)) llvm::sys::fs::make_absolute(folder_, absolute);
  return std::string(absolute);
}

SourceFiles::Entry& SourceFiles::find(const llvm::Twine& path) {
  const auto [entry, added] = entries_.try_emplace(absolute(path));
  const std::string& name = entry->first;
  if (added) {
    llvm::sys::fs::file_status status;
    if (const auto error = llvm::sys::fs::status(name, status)) {
      entry->second.status = error;
    } else {
      entry->second.status = vfs::Status::copyWithNewName(status, name);
      entry->second.real_path = links_.real(name);
    }
  }
  if (entry->second.asked_in != round_) {
    entry->second.asked_in = round_;
    touched_.push_back(&*entry);
  }
  return entry->second;
}

Input SourceFiles::input_of(Entry& entry, const std::string& path, bool opened) {
  Input input{path, Seen::absent, {}, {}};
  if (!entry.status) return input;
  if (entry.real_path != path) input.real = entry.real_path;
  if (entry.status->isDirectory()) {
    input.seen = Seen::folder;
  } else if (!opened) {
    input.seen = Seen::other;
  } else if (entry.unreadable) {
    input.seen = Seen::unreadable;
  } else {
    if (entry.digest.empty()) entry.digest = content_digest(entry.bytes);
    input.seen = Seen::file;
    input.digest = entry.digest;
  }
  return input;
}

std::vector<Input> SourceFiles::inputs() {
  std::vector<Input> inputs = listings_;
  for (auto* touched : touched_)
    inputs.push_back(input_of(touched->second, touched->first, touched->second.opened_in == round_));
  return inputs;
}

llvm::ErrorOr<vfs::Status> SourceFiles::status(const llvm::Twine& path) {
  const Entry& entry = find(path);
  if (!entry.status) return entry.status.getError();
  return vfs::Status::copyWithNewName(*entry.status, path);
}

llvm::ErrorOr<std::unique_ptr<vfs::File>> SourceFiles::openFileForRead(const llvm::Twine& path) {
  Entry& entry = find(path);
  if (!entry.status) return entry.status.getError();
  if (entry.status->isDirectory()) return std::make_error_code(std::errc::is_a_directory);  // the search goes on
  if (!entry.status->isRegularFile()) return std::make_error_code(std::errc::operation_not_permitted);
  entry.opened_in = round_;
  if (!entry.opened) {
    entry.opened = true;
    const std::string name = entry.status->getName().str();
    const auto is_of_kernel = [&](const char* folder) { return llvm::StringRef(entry.real_path).starts_with(folder); };
    if (is_of_kernel("/proc/") || is_of_kernel("/sys/")) {
      // They say that they are empty, and are no sources.
      entry.unreadable = std::make_error_code(std::errc::operation_not_permitted);
    } else if (auto buffer = llvm::MemoryBuffer::getFile(entry.real_path, false, false)) {
      entry.bytes = (*buffer)->getBuffer().str();
      // The size may have changed since the first look; Clang relies on the two agreeing.
      entry.status = vfs::Status(name, entry.status->getUniqueID(), entry.status->getLastModificationTime(), 0, 0,
                                 entry.bytes.size(), llvm::sys::fs::file_type::regular_file, llvm::sys::fs::all_read);
    } else {
      entry.unreadable = buffer.getError();
    }
  }
  if (entry.unreadable) return entry.unreadable;
  return std::make_unique<File>(vfs::Status::copyWithNewName(*entry.status, path), entry);
}

// The driver lists folders to find the versions of GCC that are installed.
vfs::directory_iterator SourceFiles::dir_begin(const llvm::Twine& path, std::error_code& error) {
  const std::string folder = absolute(path);
  listings_.push_back(look(folder, Seen::listing, links_));
  return vfs::getRealFileSystem()->dir_begin(folder, error);
}

std::error_code SourceFiles::setCurrentWorkingDirectory(const llvm::Twine& path) {
  const auto seen = status(path);
  if (!seen) return seen.getError();
  if (!seen->isDirectory()) return std::make_error_code(std::errc::not_a_directory);
  folder_ = absolute(path);
  return {};
}

}  // namespace gate::cpp
