#include <fcntl.h>
#include <link.h>
#include <sys/auxv.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "gate/crypto/digest.h"
#include "gate/host/host.h"

namespace gate::host {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }
  bool close() {
    const int fd = std::exchange(fd_, -1);
    return fd < 0 || ::close(fd) == 0;
  }

 private:
  int fd_;
};

Error system_error(Errc code, const std::string& path) {
  return {code, std::generic_category().message(errno), {path, {}, {}}};
}

// Opened without blocking, so that a named pipe in place of a report cannot hold the run up.
Result<std::pair<int, std::uint64_t>> open_regular(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) return system_error(errno == ENOENT || errno == ENOTDIR ? Errc::not_found : Errc::unreadable, path);
  struct stat info{};
  if (::fstat(fd, &info) != 0) {
    const Error error = system_error(Errc::unreadable, path);
    ::close(fd);
    return error;
  }
  if (!S_ISREG(info.st_mode)) {
    ::close(fd);
    return Error{Errc::unreadable, S_ISDIR(info.st_mode) ? "is a folder" : "is no regular file", {path, {}, {}}};
  }
  return std::pair{fd, static_cast<std::uint64_t>(info.st_size)};
}

Status write_all(int fd, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_error(Errc::unreadable, path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return Done{};
}

// Whole pages alone; what the bytes share with their neighbours stays.
void give_back(char* bytes, std::size_t count) {
  static const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = reinterpret_cast<std::uintptr_t>(bytes);
  const auto from = (begin + page - 1) / page * page, to = (begin + count) / page * page;
  if (from < to) ::madvise(reinterpret_cast<void*>(from), to - from, MADV_DONTNEED);
}

}  // namespace

Result<Document> read_file(const std::string& path, std::uint64_t cap) {
  auto opened = open_regular(path);
  if (!opened) return opened.error();
  Descriptor file(opened->first);
  Document document;
  document.origin.artifact = path;
  if (opened->second > cap) {
    return Error{
        Errc::too_large, std::to_string(opened->second) + " bytes; the cap is " + std::to_string(cap), {path, {}, {}}};
  }
  document.bytes.resize(opened->second + 1);
  std::size_t filled = 0;
  while (true) {
    // One byte of room beyond what was announced: a file that grows is noticed, not cut.
    if (filled == document.bytes.size()) document.bytes.resize(filled + 1 + filled / 2);
    const ssize_t got = ::read(file.get(), document.bytes.data() + filled, document.bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(Errc::unreadable, path);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
    if (filled > cap) return Error{Errc::too_large, "the cap is " + std::to_string(cap) + " bytes", {path, {}, {}}};
  }
  document.bytes.resize(filled);
  document.origin.sha256 = crypto::sha256_hex(document.bytes);
  document.give_back = give_back;
  return document;
}

Result<FileDigest> hash_file(const std::string& path) {
  auto opened = open_regular(path);
  if (!opened) return opened.error();
  const Descriptor file(opened->first);
  crypto::Sha256 hasher;
  FileDigest digest;
  std::vector<char> buffer(1 << 20);
  for (;;) {
    const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(Errc::unreadable, path);
    if (got == 0) break;
    hasher.update({buffer.data(), static_cast<std::size_t>(got)});
    digest.bytes += static_cast<std::uint64_t>(got);
  }
  digest.sha256 = crypto::to_hex(hasher.finish());
  return digest;
}

// A device or a pipe is written to; renaming over it would replace it.
static Status write_through(const std::string& path, std::string_view bytes) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  if (!file.valid()) return system_error(Errc::unreadable, path);
  return write_all(file.get(), bytes, path);
}

Status write_file(const std::string& path, std::string_view bytes, bool executable) {
  const std::filesystem::path target(path);
  std::error_code code;
  const auto type = std::filesystem::status(target, code).type();
  if (type == std::filesystem::file_type::character || type == std::filesystem::file_type::fifo)
    return write_through(path, bytes);
  if (target.has_parent_path()) std::filesystem::create_directories(target.parent_path(), code);
  std::string temporary = path + ".XXXXXX";
  Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!file.valid()) return system_error(Errc::unreadable, path);
  const auto fail = [&](Error error) -> Status {
    ::unlink(temporary.c_str());
    return error;
  };
  if (Status written = write_all(file.get(), bytes, path); !written) return fail(written.error());
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (::fchmod(file.get(), (executable ? 0777 : 0666) & ~mask) != 0 || ::fsync(file.get()) != 0 || !file.close() ||
      ::rename(temporary.c_str(), path.c_str()) != 0) {
    return fail(system_error(Errc::unreadable, path));
  }
  return Done{};
}

bool exists(const std::string& path) {
  std::error_code code;
  return std::filesystem::exists(path, code);
}

bool is_directory(const std::string& path) {
  std::error_code code;
  return std::filesystem::is_directory(path, code);
}

std::string working_directory() {
  std::error_code code;
  return std::filesystem::current_path(code).string();
}

Status enter(const std::string& folder) {
  std::error_code code;
  std::filesystem::current_path(folder, code);
  if (code) return Error{Errc::not_found, code.message(), {folder, {}, {}}};
  return Done{};
}

std::string own_path() {
  static const std::string path = [] {
    std::error_code code;
    std::string linked = std::filesystem::read_symlink("/proc/self/exe", code).string();
    if (!code) return linked;
    // A bare root has no /proc: what the kernel was asked to execute.
    const auto* asked = reinterpret_cast<const char*>(::getauxval(AT_EXECFN));
    return asked ? std::filesystem::absolute(asked, code).string() : std::string();
  }();
  return path;
}

// GNU build id: a note (ELF gABI, "Note Section") of the name GNU and the type 3 in a segment of the program.
static std::string build_id() {
  std::string id;
  ::dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* out) {
        for (int i = 0; i < info->dlpi_phnum; ++i) {
          const auto& segment = info->dlpi_phdr[i];
          if (segment.p_type != PT_NOTE) continue;
          const char* note = reinterpret_cast<const char*>(info->dlpi_addr + segment.p_vaddr);
          const char* const end = note + segment.p_memsz;
          while (note + sizeof(ElfW(Nhdr)) <= end) {
            const auto* header = reinterpret_cast<const ElfW(Nhdr)*>(note);
            const char* name = note + sizeof *header;
            const char* bytes = name + (header->n_namesz + 3) / 4 * 4;
            if (header->n_type == NT_GNU_BUILD_ID && header->n_namesz == 4 && std::string_view(name, 3) == "GNU")
              *static_cast<std::string*>(out) = crypto::to_hex({bytes, header->n_descsz});
            note = bytes + (header->n_descsz + 3) / 4 * 4;
          }
        }
        return 1;  // the first object is the program itself
      },
      &id);
  return id;
}

std::string own_build() {
  if (std::string id = build_id(); !id.empty()) return id;
  const auto digest = hash_file(own_path());
  return digest ? digest->sha256 : std::string();
}

Terminal terminal() {
  Terminal terminal;
  terminal.out_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  terminal.err_is_terminal = ::isatty(STDERR_FILENO) == 1;
  winsize size{};
  if (terminal.out_is_terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) {
    terminal.width = size.ws_col;
  }
  return terminal;
}

}  // namespace gate::host
