#include "adapters/cpp/source_files.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

#include "gate/crypto/digest.h"

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

SourceFiles::Entry& SourceFiles::find(const llvm::Twine& path) {
  llvm::SmallString<256> absolute;
  path.toVector(absolute);
  if (!llvm::sys::path::is_absolute(absolute)) llvm::sys::fs::make_absolute(folder_, absolute);
  const auto [entry, added] = entries_.try_emplace(std::string(absolute));
  if (added) {
    llvm::sys::fs::file_status status;
    if (const auto error = llvm::sys::fs::status(absolute, status)) {
      entry->second.status = error;
    } else {
      entry->second.status = vfs::Status::copyWithNewName(status, absolute);
    }
  }
  if (entry->second.round != round_) {
    entry->second.round = round_;
    touched_.push_back(&*entry);
  }
  return entry->second;
}

const Input& SourceFiles::input_of(Entry& entry, const std::string& path) {
  Input& input = entry.input;
  if (input.path.empty() || (input.seen == Seen::other && entry.opened)) {
    input.path = path;
    if (!entry.status) {
      input.seen = Seen::absent;
    } else if (entry.status->isDirectory()) {
      input.seen = Seen::folder;
    } else if (!entry.opened || entry.unreadable) {
      input.seen = Seen::other;
    } else {
      input.seen = Seen::file;
      input.sha256 = crypto::sha256(entry.bytes);
    }
  }
  return input;
}

std::vector<Input> SourceFiles::inputs() {
  std::vector<Input> inputs = listings_;
  for (auto* touched : touched_) inputs.push_back(input_of(touched->second, touched->first));
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
  if (!entry.status->isRegularFile()) return std::make_error_code(std::errc::operation_not_permitted);
  if (!entry.opened) {
    entry.opened = true;
    const std::string name = entry.status->getName().str();
    if (auto buffer = llvm::MemoryBuffer::getFile(name, false, false)) {
      llvm::SmallString<256> real;
      entry.real_path = llvm::sys::fs::real_path(name, real) ? name : std::string(real);
      // Files of the kernel say that they are empty, and are not sources.
      for (const char* kernel : {"/proc/", "/sys/"}) {
        if (llvm::StringRef(entry.real_path).starts_with(kernel))
          entry.unreadable = std::make_error_code(std::errc::operation_not_permitted);
      }
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
  llvm::SmallString<256> absolute;
  path.toVector(absolute);
  if (!llvm::sys::path::is_absolute(absolute)) llvm::sys::fs::make_absolute(folder_, absolute);
  listings_.push_back(look(std::string(absolute), Seen::listing));
  return vfs::getRealFileSystem()->dir_begin(absolute, error);
}

std::error_code SourceFiles::setCurrentWorkingDirectory(const llvm::Twine& path) {
  const auto seen = status(path);
  if (!seen) return seen.getError();
  if (!seen->isDirectory()) return std::make_error_code(std::errc::not_a_directory);
  llvm::SmallString<256> absolute;
  path.toVector(absolute);
  if (!llvm::sys::path::is_absolute(absolute)) llvm::sys::fs::make_absolute(folder_, absolute);
  folder_ = std::string(absolute);
  return {};
}

}  // namespace gate::cpp
