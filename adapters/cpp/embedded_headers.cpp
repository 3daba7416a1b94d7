#include "adapters/cpp/embedded_headers.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/Support/Compression.h>

#include <optional>

#include "gate/core/embedded.h"

namespace gate::cpp {
namespace {

namespace fs = llvm::sys::fs;
namespace vfs = llvm::vfs;

constexpr std::uint64_t own_device = ~std::uint64_t{0};  // no disk has it

vfs::Status status_of(const llvm::Twine& path, std::uint64_t number, std::uint64_t size, fs::file_type type) {
  return {path, fs::UniqueID(own_device, number), llvm::sys::TimePoint<>(), 0, 0, size, type, fs::all_read};
}

class Header : public vfs::File {
 public:
  Header(vfs::Status status, llvm::StringRef bytes) : status_(std::move(status)), bytes_(bytes) {}
  llvm::ErrorOr<vfs::Status> status() override { return status_; }
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> getBuffer(const llvm::Twine& name, std::int64_t, bool,
                                                               bool) override {
    llvm::SmallString<128> storage;
    return llvm::MemoryBuffer::getMemBuffer(bytes_, name.toStringRef(storage));
  }
  std::error_code close() override { return {}; }

 private:
  vfs::Status status_;
  llvm::StringRef bytes_;
};

class EmbeddedHeaders : public vfs::FileSystem {
 public:
  EmbeddedHeaders() {
    std::uint64_t number = 0;
    for (const CompressedFile& file : embedded_clang_headers()) {
      const std::string path =
          resource_include + std::string(file.name.substr(file.name.find('/')));  // without "clang"
      for (std::size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
        if (auto [entry, added] = entries_.try_emplace(path.substr(0, slash)); added) entry->second.number = ++number;
      }
      Entry& entry = entries_[path];
      entry.number = ++number;
      entry.file = &file;
    }
  }

  llvm::ErrorOr<vfs::Status> status(const llvm::Twine& path) override {
    const Entry* entry = find(path);
    if (!entry) return std::make_error_code(std::errc::no_such_file_or_directory);
    return status_of(path, *entry);
  }

  llvm::ErrorOr<std::unique_ptr<vfs::File>> openFileForRead(const llvm::Twine& path) override {
    Entry* entry = find(path);
    if (!entry) return std::make_error_code(std::errc::no_such_file_or_directory);
    if (!entry->file) return std::make_error_code(std::errc::is_a_directory);
    if (!entry->unpacked) {
      // Clang reads up to a zero behind the end.
      std::string bytes(entry->file->size, '\0');
      std::size_t size = bytes.size();
      const auto* frame = reinterpret_cast<const std::uint8_t*>(entry->file->frame.data());
      if (auto failure = llvm::compression::zstd::decompress({frame, entry->file->frame.size()},
                                                             reinterpret_cast<std::uint8_t*>(bytes.data()), size)) {
        llvm::consumeError(std::move(failure));
        return std::make_error_code(std::errc::io_error);
      }
      entry->unpacked = std::move(bytes);
    }
    return std::make_unique<Header>(status_of(path, *entry), *entry->unpacked);
  }

  vfs::directory_iterator dir_begin(const llvm::Twine&, std::error_code& error) override {
    error = {};
    return {};  // headers are found by name
  }
  llvm::ErrorOr<std::string> getCurrentWorkingDirectory() const override { return folder_; }
  std::error_code setCurrentWorkingDirectory(const llvm::Twine& path) override {
    folder_ = path.str();
    return {};
  }

 private:
  struct Entry {
    std::uint64_t number = 0;
    const CompressedFile* file = nullptr;  // null: a folder
    std::optional<std::string> unpacked;
  };

  Entry* find(const llvm::Twine& path) {
    llvm::SmallString<128> storage;
    const auto entry = entries_.find(path.toStringRef(storage));
    return entry == entries_.end() ? nullptr : &entry->second;
  }
  static vfs::Status status_of(const llvm::Twine& path, const Entry& entry) {
    if (!entry.file) return cpp::status_of(path, entry.number, 0, fs::file_type::directory_file);
    return cpp::status_of(path, entry.number, entry.file->size, fs::file_type::regular_file);
  }

  llvm::StringMap<Entry> entries_;
  std::string folder_ = "/";
};

}  // namespace

llvm::IntrusiveRefCntPtr<vfs::FileSystem> embedded_headers() {
  static const auto headers = llvm::makeIntrusiveRefCnt<EmbeddedHeaders>();
  return headers;
}

}  // namespace gate::cpp
