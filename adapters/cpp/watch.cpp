#include "adapters/cpp/watch.h"

#include <algorithm>
#include <iterator>

namespace gate::cpp {
namespace {

constexpr std::string_view library_names[] = {
    "access",       "alloca",        "asctime",       "asctime_r",      "asprintf",  "atof",          "atoi",
    "atol",         "atoll",         "bcmp",          "bcopy",          "bzero",     "chmod",         "chown",
    "chroot",       "creat",         "crypt",         "ctime",          "ctime_r",   "cuserid",       "dirname",
    "dlmopen",      "dlopen",        "dprintf",       "drand48",        "eaccess",   "ecvt",          "ecvt_r",
    "erand48",      "error_at_line", "errx",          "euidaccess",     "execl",     "execle",        "execlp",
    "execv",        "execve",        "execvp",        "execvpe",        "fcvt",      "fcvt_r",        "fgets",
    "fopen",        "fork",          "fprintf",       "fread",          "free",      "freopen",       "fscanf",
    "ftime",        "ftw",           "fwprintf",      "fwscanf",        "gcvt",      "getenv",        "getgrgid",
    "getgrnam",     "gethostbyaddr", "gethostbyname", "gethostbyname2", "getlogin",  "getopt",        "getpass",
    "getpw",        "getpwnam",      "getpwuid",      "gets",           "gets_s",    "getservbyname", "getservbyport",
    "getw",         "getwd",         "gmtime",        "hcreate",        "hdestroy",  "hsearch",       "index",
    "inet_addr",    "inet_aton",     "inet_network",  "inet_ntoa",      "jrand48",   "l64a",          "lchown",
    "localtime",    "longjmp",       "lrand48",       "malloc",         "mallopt",   "mblen",         "mbtowc",
    "memccpy",      "memcmp",        "memcpy",        "memmove",        "memset",    "mkdtemp",       "mkstemp",
    "mktemp",       "mrand48",       "nftw",          "nrand48",        "open",      "popen",         "posix_spawn",
    "posix_spawnp", "printf",        "ptsname",       "putenv",         "pvalloc",   "rand",          "rand_r",
    "random",       "rcmd",          "readdir",       "readdir_r",      "readlink",  "realloc",       "realpath",
    "rexec",        "rindex",        "sbrk",          "scanf",          "setenv",    "setjmp",        "setlocale",
    "sigaction",    "siglongjmp",    "signal",        "sigsetjmp",      "snprintf",  "sprintf",       "srand",
    "srand48",      "srandom",       "sscanf",        "stpcpy",         "stpncpy",   "strcat",        "strchr",
    "strcmp",       "strcpy",        "strdup",        "strerror",       "strlcat",   "strlcpy",       "strlen",
    "strncat",      "strncmp",       "strncpy",       "strndup",        "strsignal", "strtok",        "strtok_r",
    "swprintf",     "swscanf",       "syslog",        "system",         "tempnam",   "tmpfile",       "tmpnam",
    "tmpnam_r",     "ttyname",       "ualarm",        "usleep",         "valloc",    "vfork",         "vfprintf",
    "vfscanf",      "vfwprintf",     "vfwscanf",      "vprintf",        "vscanf",    "vsnprintf",     "vsprintf",
    "vsscanf",      "vswprintf",     "vswscanf",      "vwprintf",       "vwscanf",   "warnx",         "wcpcpy",
    "wcpncpy",      "wcscat",        "wcscpy",        "wcslen",         "wcsncat",   "wcsncpy",       "wcstok",
    "wctomb",       "wmemcpy",       "wmemmove",      "wordexp",        "wprintf",   "wscanf",
};
static_assert(std::is_sorted(std::begin(library_names), std::end(library_names)));

// Words without which a construct cannot be written. Those that are not here are written by punctuation alone.
struct ConstructWord {
  std::string_view construct, word;
};
constexpr ConstructWord construct_words[] = {
    {"asm", "asm"},
    {"asm", "__asm"},
    {"asm", "__asm__"},
    {"computed_goto", "goto"},
    {"const_cast", "const_cast"},
    {"delete", "delete"},
    {"dynamic_cast", "dynamic_cast"},
    {"dynamic_exception_specification", "throw"},
    {"goto", "goto"},
    {"new", "new"},
    {"reinterpret_cast", "reinterpret_cast"},
    {"throw", "throw"},
    {"try", "try"},
    {"try", "__try"},
    {"typeid", "typeid"},
    {"union", "union"},
    {"using_namespace", "using"},
};

// Constructs that the preprocessor sees.
constexpr std::string_view spelled_constructs[] = {"digraph", "register", "trigraph"};

constexpr std::string_view built_in_types[] = {
    "_Bool",     "_Float16", "__bf16",  "__fp16",   "__ibm128", "__int128", "bool", "char",
    "char16_t",  "char32_t", "char8_t", "double",   "float",    "half",     "int",  "long",
    "nullptr_t", "short",    "signed",  "unsigned", "void",     "wchar_t",
};
static_assert(std::is_sorted(std::begin(built_in_types), std::end(built_in_types)));

bool strip_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool strip_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

// Names that only compilers and the C library give, so that a declaration by hand is one of the library's functions.
bool is_linkage_form(std::string_view name) {
  return name.starts_with("__builtin_") || name.starts_with("__isoc99_") || name.starts_with("__isoc23_") ||
         (name.starts_with("__") && name.ends_with("_chk"));
}

// The names under which a declaration may be watched.
std::vector<std::string> forms_of(const Declared& declared) {
  std::vector<std::string> forms{declared.name};
  const auto add_library_form = [&](std::string_view name) {
    auto form = library_form(name);
    if (is_library_name(form) || (declared.is_builtin && !form.empty())) forms.push_back(std::move(form));
  };
  const bool the_librarys = declared.outside || (is_linkage_form(declared.name) && !declared.own);
  if (the_librarys && declared.scope.empty()) add_library_form(declared.name);
  std::string_view label = declared.asm_label;
  strip_prefix(label, "\1");  // marks a label that gets no prefix of the target's
  if (!label.empty() && label != declared.name) {
    forms.emplace_back(label);
    add_library_form(label);
  }
  return forms;
}

// "a::b::name" → "a::b", and leaves "name".
std::string_view take_scope(std::string_view& name) {
  const auto colons = name.rfind("::");
  if (colons == std::string_view::npos) return {};
  const std::string_view scope = name.substr(0, colons);
  name.remove_prefix(colons + 2);
  return scope;
}

std::string_view file_name(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// "<x.h>" → "x.h"; the delimiter that stood there, or 0.
char take_delimiters(std::string_view& header) {
  if (header.size() < 2) return 0;
  const char first = header.front();
  if (!(first == '<' && header.back() == '>') && !(first == '"' && header.back() == '"')) return 0;
  header = header.substr(1, header.size() - 2);
  return first;
}

// "__weak__" → "weak"
std::string_view without_underscores(std::string_view name) {
  if (name.size() > 4 && name.starts_with("__") && name.ends_with("__")) return name.substr(2, name.size() - 4);
  return name;
}

Watch::Bans each_once(Watch::Bans bans) {
  std::ranges::sort(bans);  // by address: the order of the watch's own list
  const auto repeated = std::ranges::unique(bans);
  bans.erase(repeated.begin(), repeated.end());
  return bans;
}

}  // namespace

bool is_library_name(std::string_view name) {
  return std::binary_search(std::begin(library_names), std::end(library_names), name);
}

bool asks_linker(std::string_view name) {
  return name == "dlsym" || name == "dlvsym" || name == "dlfunc" || name == "GetProcAddress";
}

std::string library_form(std::string_view name) {
  if (name.starts_with("__builtin_alloca")) return "alloca";  // …_with_align, …_uninitialized
  const bool builtin = strip_prefix(name, "__builtin_");
  if (strip_prefix(name, "__isoc99_") || strip_prefix(name, "__isoc23_")) return std::string(name);
  if (strip_prefix(name, "__")) {  // glibc's headers: __strcpy_chk, __fread_chk_warn, __gets_alias, __stpcpy
    strip_suffix(name, "_warn");
    strip_suffix(name, "_alias");
    strip_suffix(name, "_chk");
    return std::string(name);
  }
  return builtin ? std::string(name) : std::string();
}

Watch::Watch(const std::vector<model::Ban>& bans) : bans_(bans) {
  std::ranges::sort(bans_);
  const auto repeated = std::ranges::unique(bans_);
  bans_.erase(repeated.begin(), repeated.end());
  for (const model::Ban& ban : bans_) enter(ban);
}

void Watch::enter(const model::Ban& ban) {
  std::string_view rest = ban.name;
  Watched watched{&ban, {}, false};
  if (ban.entity == Entity::header) {
    take_delimiters(rest);
    rest = file_name(rest);
  } else {
    watched.anyones = rest.starts_with("::") && rest.rfind("::") == 0;
    strip_prefix(rest, "::");
    watched.scope = take_scope(rest);
  }
  named_[static_cast<std::size_t>(ban.entity)][std::string(rest)].push_back(std::move(watched));
}

bool Watch::means(const Watched& watched, std::string_view form, const Declared& declared) const {
  const bool global = declared.scope.empty();
  if (watched.anyones) return global;
  const bool library = is_library_name(form) || declared.is_builtin;
  if (watched.scope.empty()) {
    if (global) return !library || !declared.own;
    return library && declared.scope == "std" && !declared.is_template;
  }
  if (watched.scope == "std" && global) return library && !declared.own;
  return watched.scope == declared.scope;
}

bool Watch::may_mean(std::string_view identifier) const {
  const ByName& functions = of(Entity::function);
  if (functions.contains(identifier)) return true;
  const bool may_be_form = identifier.starts_with("__");
  return may_be_form && functions.contains(library_form(identifier));
}

bool Watch::stands_in_tree(std::string_view word) const {
  return may_mean(word) || of(Entity::type).contains(word) || is_construct_word(word);
}

bool Watch::is_construct_word(std::string_view word) const {
  return wants(Entity::construct) && std::ranges::any_of(construct_words, [&](const ConstructWord& known) {
           return known.word == word && of(Entity::construct).contains(known.construct);
         });
}

bool Watch::concerns(std::string_view word) const {
  return stands_in_tree(word) || of(Entity::macro).contains(word) ||
         (wants(Entity::attribute) && of(Entity::attribute).contains(without_underscores(word))) ||
         (word == "register" && of(Entity::construct).contains(word));
}

bool Watch::bans_wordless() const {
  const auto has_word = [](const auto& entry) {
    return std::ranges::find(construct_words, entry.first, &ConstructWord::construct) != std::end(construct_words) ||
           std::ranges::find(spelled_constructs, entry.first) != std::end(spelled_constructs);
  };
  const auto is_built_in = [](const auto& entry) {  // one type has many spellings: "long", "signed long int"
    return entry.first.find(' ') != std::string::npos || std::ranges::binary_search(built_in_types, entry.first);
  };
  return !std::ranges::all_of(of(Entity::construct), has_word) || std::ranges::any_of(of(Entity::type), is_built_in);
}

std::vector<std::string> Watch::spellings() const {
  std::vector<std::string> words;
  for (const auto& [name, watched] : of(Entity::function)) {
    words.push_back(name);
    for (const char* beginning : {"__isoc99_", "__isoc23_", "__builtin___isoc99_", "__builtin___isoc23_", "__builtin_"})
      words.push_back(beginning + name);
    for (const char* beginning : {"__", "__builtin___"}) {
      for (const char* end :
           {"", "_chk", "_alias", "_warn", "_chk_alias", "_chk_warn", "_alias_warn", "_chk_alias_warn"})
        words.push_back(beginning + name + end);
    }
    if (name == "alloca")
      words.insert(words.end(), {"__builtin_alloca_with_align", "__builtin_alloca_uninitialized",
                                 "__builtin_alloca_with_align_uninitialized"});
  }
  for (const Entity entity : {Entity::type, Entity::macro}) {
    for (const auto& [name, watched] : of(entity)) words.push_back(name);
  }
  for (const auto& [name, watched] : of(Entity::attribute)) words.insert(words.end(), {name, "__" + name + "__"});
  for (const ConstructWord& known : construct_words) words.emplace_back(known.word);
  words.emplace_back("register");
  return words;
}

bool Watch::is_function_alone(std::string_view word) const {
  return !of(Entity::type).contains(word) && !is_construct_word(word);
}

template <class Condition>
Watch::Bans Watch::select(Entity entity, std::string_view name, Condition&& holds) const {
  Bans bans;
  const auto entry = of(entity).find(name);
  if (entry == of(entity).end()) return bans;
  for (const Watched& watched : entry->second) {
    if (holds(watched)) bans.push_back(watched.ban);
  }
  return bans;
}

Watch::Bans Watch::matches(const Declared& declared) const {
  Bans bans;
  for (const std::string& form : forms_of(declared)) {
    for (const model::Ban* ban :
         select(Entity::function, form, [&](const Watched& watched) { return means(watched, form, declared); }))
      bans.push_back(ban);
  }
  return each_once(std::move(bans));
}

Watch::Bans Watch::matches_open_call(std::string_view name) const {
  return select(Entity::function, name, [](const Watched& watched) { return watched.scope.empty(); });
}

Watch::Bans Watch::symbols(std::string_view symbol) const {
  return matches(Declared{.name = std::string(symbol), .outside = true});
}

Watch::Bans Watch::types(std::string_view scope, std::string_view name) const {
  return select(Entity::type, name, [&](const Watched& watched) { return watched.scope == scope; });
}

Watch::Bans Watch::macros(std::string_view name) const {
  return select(Entity::macro, name, [](const Watched&) { return true; });
}

Watch::Bans Watch::constructs(std::string_view name) const {
  return select(Entity::construct, name, [](const Watched&) { return true; });
}

Watch::Bans Watch::attributes(std::string_view scope, std::string_view name) const {
  scope = without_underscores(scope);
  if (scope == "_Clang") scope = "clang";
  return select(Entity::attribute, without_underscores(name),
                [&](const Watched& watched) { return watched.scope.empty() || watched.scope == scope; });
}

Watch::Bans Watch::headers(std::string_view written, bool angled, std::string_view found_as) const {
  const auto names = [&](const Watched& watched) {
    std::string_view wanted = watched.ban->name;
    const char delimiter = take_delimiters(wanted);
    if (delimiter) return wanted == written && (delimiter == '<') == angled;
    return wanted == written || wanted == found_as;
  };
  Bans bans = select(Entity::header, file_name(written), names);
  if (bans.empty()) bans = select(Entity::header, file_name(found_as), names);
  return bans;
}

bool Watch::may_be_header(std::string_view path) const { return of(Entity::header).contains(file_name(path)); }

Watch::Bans Watch::words(std::string_view identifier) const {
  const auto any = [](const Watched&) { return true; };
  Bans bans = select(Entity::function, identifier, any);
  if (const std::string form = library_form(identifier); is_library_name(form)) {
    for (const model::Ban* ban : select(Entity::function, form, any)) bans.push_back(ban);
  }
  for (const model::Ban* ban : select(Entity::type, identifier, any)) bans.push_back(ban);
  return each_once(std::move(bans));
}

}  // namespace gate::cpp
