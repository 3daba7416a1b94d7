#include "adapters/cpp/object_reader.h"

#include <llvm/BinaryFormat/Magic.h>
#include <llvm/Object/Archive.h>
#include <llvm/Object/COFF.h>
#include <llvm/Object/ELFObjectFile.h>
#include <llvm/Object/MachO.h>
#include <llvm/Object/MachOUniversal.h>

#include <algorithm>

#include "gate/json/printable.h"

namespace gate::cpp {
namespace {

using namespace llvm::object;

constexpr std::size_t longest_message = 300;
constexpr std::size_t longest_name = 1u << 20;  // of a symbol
// String tables share the ends of names; more than this many times the file's own size is no compiler's work.
constexpr std::size_t most_sharing = 64;

using Problem = std::optional<Error>;

Error malformed(llvm::Error error) {
  return {Errc::malformed, json::printable(llvm::toString(std::move(error)), longest_message), {}};
}
Error incomplete(std::string what) { return {Errc::incomplete, std::move(what), {}}; }

using TakeSymbol = std::function<void(const Symbol&)>;

// --- ELF
// ---------------------------------------------------------------------------------------------------------------

template <class ELFT>
class Elf {
 public:
  Elf(const ELFFile<ELFT>& file, const TakeSymbol& take) : file_(file), take_(take) {}

  Problem read() {
    auto sections = file_.sections();
    if (!sections) return malformed(sections.takeError());
    sections_ = *sections;
    switch (file_.getHeader().e_type) {
      case llvm::ELF::ET_REL: return read_object();
      case llvm::ELF::ET_EXEC:
      case llvm::ELF::ET_DYN: return read_linked();
      default: return incomplete("an ELF file that is neither object nor program nor library");
    }
  }

 private:
  using Section = typename ELFT::Shdr;

  Problem read_object() {
    if (auto problem = check_machine_code()) return problem;
    return read_table(llvm::ELF::SHT_SYMTAB, "an object without a symbol table: what it uses cannot be seen", false);
  }

  Problem read_linked() {
    bool interpreted = false, dynamic = false;
    auto headers = file_.program_headers();
    if (!headers) return malformed(headers.takeError());
    for (const auto& header : *headers) {
      interpreted |= header.p_type == llvm::ELF::PT_INTERP;
      dynamic |= header.p_type == llvm::ELF::PT_DYNAMIC;
    }
    bool program = file_.getHeader().e_type == llvm::ELF::ET_EXEC, needs_libraries = false;
    if (dynamic) {
      auto entries = file_.dynamicEntries();
      if (!entries) return malformed(entries.takeError());
      for (const auto& entry : *entries) {
        needs_libraries |= entry.d_tag == llvm::ELF::DT_NEEDED;
        if (entry.d_tag == llvm::ELF::DT_SYMTAB) loaded_symbols_ = entry.d_un.d_ptr;
        program |= entry.d_tag == llvm::ELF::DT_FLAGS_1 && (entry.d_un.d_val & llvm::ELF::DF_1_PIE);
      }
    }
    if (program && !interpreted && !needs_libraries) {
      return read_table(llvm::ELF::SHT_SYMTAB,
                        "linked statically, without a symbol table: what it took from libraries cannot be seen (name "
                        "the objects and archives that it is linked from)",
                        true);
    }
    return read_table(llvm::ELF::SHT_DYNSYM, "without a table of dynamic symbols: what it imports cannot be seen",
                      false);
  }

  // GCC's objects for link-time optimisation may hold its own intermediate code, whose calls no symbol shows.
  Problem check_machine_code() const {
    for (const Section& section : sections_) {
      auto name = file_.getSectionName(section);
      if (!name) return malformed(name.takeError());
      if (!name->starts_with(".gnu.lto_.lto.")) continue;
      auto header = file_.getSectionContents(section);  // int16 major, int16 minor, uint8 slim
      if (!header) return malformed(header.takeError());
      if (header->size() < 5 || (*header)[4] != 0)
        return incomplete("GCC's intermediate code, not machine code (name the file that it is linked into)");
    }
    return std::nullopt;
  }

  Problem read_table(unsigned type, const char* if_missing, bool is_static) const {
    const Section* table = nullptr;
    for (const Section& section : sections_) {
      if (section.sh_type != type) continue;
      if (table) return Error{Errc::malformed, "more than one symbol table", {}};
      table = &section;
    }
    if (!table) return incomplete(if_missing);
    // The loader goes by the segments; sections that tell another story are there to mislead.
    if (type == llvm::ELF::SHT_DYNSYM && loaded_symbols_ != table->sh_addr)
      return Error{Errc::malformed, "its section of dynamic symbols is not what is loaded", {}};
    auto symbols = file_.symbols(table);
    if (!symbols) return malformed(symbols.takeError());
    auto names = file_.getStringTableForSymtab(*table);
    if (!names) return malformed(names.takeError());
    std::size_t budget = most_sharing * file_.getBufSize();
    for (const auto& symbol : symbols->drop_front(symbols->empty() ? 0 : 1)) {
      if (symbol.st_name >= names->size()) return Error{Errc::malformed, "a symbol's name is outside the table", {}};
      const llvm::StringRef name = names->substr(symbol.st_name, longest_name).take_until([](char c) { return !c; });
      if (name.size() == longest_name || name.size() >= budget)
        return Error{Errc::too_large, "the names of its symbols are too long", {}};
      budget -= name.size();
      if (const auto linkage = linkage_of(symbol, name, is_static)) take_({name, *linkage});
    }
    return std::nullopt;
  }

  static std::optional<Linkage> linkage_of(const typename ELFT::Sym& symbol, llvm::StringRef name, bool is_static) {
    if (symbol.isUndefined()) return Linkage::imported;
    if (symbol.getType() != llvm::ELF::STT_FUNC && symbol.getType() != llvm::ELF::STT_GNU_IFUNC) return std::nullopt;
    if (is_static) return Linkage::contained;  // local ones as well: a linker makes some of the C library's local
    // Each object that uses a template or an inline function of C++ has its own copy, and all of them are weak.
    if (symbol.getBinding() == llvm::ELF::STB_WEAK && name.starts_with("_Z")) return Linkage::imported;
    return std::nullopt;
  }

  const ELFFile<ELFT>& file_;
  const TakeSymbol& take_;
  typename ELFT::ShdrRange sections_;
  std::optional<std::uint64_t> loaded_symbols_;
};

template <class ELFT>
std::optional<Problem> try_elf(const ObjectFile& object, const TakeSymbol& take) {
  const auto* elf = llvm::dyn_cast<ELFObjectFile<ELFT>>(&object);
  if (!elf) return std::nullopt;
  return Elf<ELFT>(elf->getELFFile(), take).read();
}

// --- COFF and Mach-O
// -----------------------------------------------------------------------------------------------------

// Undefined symbols by the reader's interface that all formats share.
Problem read_undefined(const ObjectFile& object, std::string_view prefix, const TakeSymbol& take) {
  std::size_t seen = 0;
  for (const SymbolRef& symbol : object.symbols()) {
    ++seen;
    auto flags = symbol.getFlags();
    if (!flags) return malformed(flags.takeError());
    if (!(*flags & SymbolRef::SF_Undefined)) continue;
    auto name = symbol.getName();
    if (!name) return malformed(name.takeError());
    name->consume_front(llvm::StringRef(prefix.data(), prefix.size()));
    take({*name, Linkage::imported});
  }
  if (seen == 0) return incomplete("without a symbol table: what it uses cannot be seen");
  return std::nullopt;
}

template <class Directories>
Problem read_directories(const Directories& directories, std::size_t& seen, const TakeSymbol& take) {
  for (const auto& directory : directories) {
    for (const ImportedSymbolRef& symbol : directory.imported_symbols()) {
      llvm::StringRef name;
      if (auto error = symbol.getSymbolName(name)) return malformed(std::move(error));
      ++seen;
      take({name, Linkage::imported});
    }
  }
  return std::nullopt;
}

Problem read_coff(const COFFObjectFile& object, const TakeSymbol& take) {
  if (object.getPE32Header() || object.getPE32PlusHeader()) {
    std::size_t seen = 0;
    if (auto problem = read_directories(object.import_directories(), seen, take)) return problem;
    if (auto problem = read_directories(object.delay_import_directories(), seen, take)) return problem;
    if (seen == 0) return incomplete("imports nothing by name: what it took from libraries cannot be seen");
    return std::nullopt;
  }
  const bool underscored = object.getMachine() == llvm::COFF::IMAGE_FILE_MACHINE_I386;
  return read_undefined(object, {}, [&](const Symbol& symbol) {
    llvm::StringRef name(symbol.name);
    name.consume_front("__imp_");
    if (underscored) name.consume_front("_");
    take({name, symbol.linkage});
  });
}

Problem read_object(const ObjectFile& object, const TakeSymbol& take) {
  if (auto done = try_elf<ELF64LE>(object, take)) return *done;
  if (auto done = try_elf<ELF32LE>(object, take)) return *done;
  if (auto done = try_elf<ELF64BE>(object, take)) return *done;
  if (auto done = try_elf<ELF32BE>(object, take)) return *done;
  if (const auto* coff = llvm::dyn_cast<COFFObjectFile>(&object)) return read_coff(*coff, take);
  if (object.isMachO()) return read_undefined(object, "_", take);
  return incomplete("an object format that is not looked at: " + object.getFileFormatName().str());
}

std::string_view format_of(const ObjectFile& object) {
  if (object.isELF()) return "ELF";
  if (object.isCOFF()) return "COFF";
  return object.isMachO() ? "Mach-O" : "unknown";
}

// --- files
// ---------------------------------------------------------------------------------------------------------------

class Reader {
 public:
  explicit Reader(const ObjectVisitor& visitor) : visitor_(visitor) {}

  void read(const llvm::MemoryBufferRef bytes, const std::string& member) {
    using llvm::file_magic;
    switch (const file_magic magic = llvm::identify_magic(bytes.getBuffer())) {
      case file_magic::archive:
        if (!member.empty()) return visitor_.problem(member, incomplete("an archive within an archive"));
        return read_archive(bytes);
      case file_magic::macho_universal_binary: return read_universal(bytes, member);
      case file_magic::bitcode:
        return visitor_.problem(
            member, incomplete("LLVM's intermediate code, not machine code (name the file that it is linked into)"));
      case file_magic::coff_import_library: return;  // says where a function stands, and uses none
      default: read_plain(bytes, magic, member);
    }
  }

 private:
  void read_plain(const llvm::MemoryBufferRef bytes, const llvm::file_magic& magic, const std::string& member) {
    if (!magic.is_object())
      return visitor_.problem(member, {Errc::malformed, "no object, archive, program or library", {}});
    auto object = ObjectFile::createObjectFile(bytes, magic);
    if (!object) return visitor_.problem(member, malformed(object.takeError()));
    read_one(**object, member);
  }

  void read_one(const ObjectFile& object, const std::string& member) {
    visitor_.object(member, format_of(object));
    if (auto problem = read_object(object, visitor_.symbol)) visitor_.problem(member, std::move(*problem));
  }

  void read_archive(const llvm::MemoryBufferRef bytes) {
    auto archive = Archive::create(bytes);
    if (!archive) return visitor_.problem({}, malformed(archive.takeError()));
    if ((*archive)->isThin())
      return visitor_.problem({}, incomplete("a thin archive holds names alone (name the objects that it lists)"));
    llvm::Error end = llvm::Error::success();
    std::size_t members = 0;
    for (const Archive::Child& child : (*archive)->children(end)) {
      if (++members > max_members) {
        visitor_.problem({}, {Errc::too_large, "more than " + std::to_string(max_members) + " members", {}});
        break;
      }
      read_member(child, bytes.getBuffer());
    }
    if (end) return visitor_.problem({}, malformed(std::move(end)));
    if (members == 0) visitor_.problem({}, {Errc::empty, "an archive without members", {}});
  }

  void read_member(const Archive::Child& child, llvm::StringRef archive) {
    auto name = child.getName();
    if (!name) return visitor_.problem({}, malformed(name.takeError()));
    const std::string member = json::printable(*name, longest_message);
    auto bytes = child.getMemoryBufferRef();
    if (!bytes) return visitor_.problem(member, malformed(bytes.takeError()));
    const llvm::StringRef inside = bytes->getBuffer();  // as long as its header says, whatever the archive's length
    if (inside.begin() < archive.begin() || inside.begin() > archive.end() ||
        inside.size() > static_cast<std::size_t>(archive.end() - inside.begin()))
      return visitor_.problem(member, {Errc::malformed, "goes beyond the end of the archive", {}});
    read(*bytes, member);
  }

  void read_universal(const llvm::MemoryBufferRef bytes, const std::string& member) {
    auto universal = MachOUniversalBinary::create(bytes);
    if (!universal) return visitor_.problem(member, malformed(universal.takeError()));
    for (const auto& slice : (*universal)->objects()) {
      const std::string name = slice.getArchFlagName();
      auto object = slice.getAsObjectFile();
      if (!object) {
        visitor_.problem(name, malformed(object.takeError()));
      } else {
        read_one(**object, name);
      }
    }
  }

  const ObjectVisitor& visitor_;
};

}  // namespace

void read_objects(std::string_view bytes, const ObjectVisitor& visitor) {
  Reader(visitor).read({llvm::StringRef(bytes), "binary"}, {});
}

}  // namespace gate::cpp
