#include "adapters/cpp/imports.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>

#include <algorithm>
#include <tuple>

#include "adapters/cpp/object_reader.h"
#include "gate/crypto/digest.h"
#include "gate/json/printable.h"

namespace gate::cpp {
namespace {

constexpr std::uint64_t max_bytes = std::uint64_t{2} << 30;
constexpr std::size_t most_problems = 100;  // of one file
constexpr std::size_t longest_symbol = 1'000;

// Collects what the reader tells about one file.
class Report {
 public:
  Report(const Origin& origin, const SymbolMatcher& matcher) : origin_(origin), matcher_(matcher) {
    binary_.file = origin.artifact;
    binary_.objects = 0;
    binary_.origin = origin;
  }

  BinaryReport read(std::string_view bytes) {
    binary_.bytes = static_cast<std::int64_t>(bytes.size());
    read_objects(bytes,
                 {.object = [this](const std::string& member, std::string_view format) { begin(member, format); },
                  .symbol = [this](const Symbol& symbol) { add(symbol); },
                  .problem = [this](const std::string& member, Error error) { complain(member, std::move(error)); }});
    return std::move(*this).finish();
  }

 private:
  void begin(const std::string& member, std::string_view format) {
    member_ = member;
    ++binary_.objects;
    if (binary_.format.empty()) binary_.format = format;
  }

  void add(const Symbol& symbol) {
    ++binary_.symbols;
    const std::string_view name = without_version(symbol.name);
    for (std::string& function : matcher_.functions(name)) {
      report_.imports.push_back(
          {binary_.file, member_, json::printable(name, longest_symbol), std::move(function), symbol.linkage, origin_});
    }
  }

  void complain(const std::string& member, Error error) {
    error.where = origin_;
    error.where.at = member;
    if (report_.problems.size() < most_problems) report_.problems.push_back(std::move(error));
  }

  BinaryReport finish() && {
    if (binary_.objects == 0 && report_.problems.empty()) complain({}, {Errc::empty, "no object in it", {}});
    const auto key = [](const ImportedSymbol& i) { return std::tie(i.member, i.symbol, i.function, i.linkage); };
    auto& imports = report_.imports;
    std::sort(imports.begin(), imports.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    imports.erase(
        std::unique(imports.begin(), imports.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }),
        imports.end());
    std::sort(report_.problems.begin(), report_.problems.end());
    if (report_.problems.empty()) report_.binary = std::move(binary_);
    return std::move(report_);
  }

  const Origin& origin_;
  const SymbolMatcher& matcher_;
  Binary binary_;
  std::string member_;
  BinaryReport report_;
};

BinaryReport unread(const std::string& file, Errc code, std::string what) {
  BinaryReport report;
  report.problems.push_back({code, std::move(what), {file, {}, {}}});
  return report;
}

}  // namespace

BinaryReport read_imports(std::string_view bytes, const Origin& origin, const SymbolMatcher& matcher) {
  return Report(origin, matcher).read(bytes);
}

BinaryReport read_imports_of(const std::string& file, const Paths& paths, const SymbolMatcher& matcher) {
  const std::string path = real_path(absolute_path(file, paths.root()));
  if (!paths.inside(path)) return unread(file, Errc::unreadable, "not below the project's root");
  llvm::sys::fs::file_status status;
  if (const auto error = llvm::sys::fs::status(path, status))
    return unread(file, error == std::errc::no_such_file_or_directory ? Errc::not_found : Errc::unreadable,
                  error.message());
  if (!llvm::sys::fs::is_regular_file(status)) return unread(file, Errc::unreadable, "is no regular file");
  if (status.getSize() > max_bytes)
    return unread(file, Errc::too_large, "the cap is " + std::to_string(max_bytes) + " bytes");
  const auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!buffer) return unread(file, Errc::unreadable, buffer.getError().message());
  const std::string_view bytes = (*buffer)->getBuffer();
  return read_imports(bytes, {file, crypto::sha256_hex(bytes), {}}, matcher);
}

}  // namespace gate::cpp
