#include "adapters/cpp/watch.h"

#include <algorithm>
#include <iterator>

namespace gate::cpp {
namespace {

constexpr std::string_view library_names[] = {
    "access",        "alloca",        "asctime",        "asctime_r", "atof",      "atoi",
    "atol",          "atoll",         "bcmp",           "bcopy",     "bzero",     "chmod",
    "chown",         "chroot",        "creat",          "crypt",     "ctime",     "ctime_r",
    "cuserid",       "dirname",       "dlopen",         "drand48",   "ecvt",      "ecvt_r",
    "erand48",       "execl",         "execle",         "execlp",    "execv",     "execve",
    "execvp",        "execvpe",       "fcvt",           "fcvt_r",    "fgets",     "fopen",
    "fork",          "fprintf",       "fread",          "free",      "freopen",   "fscanf",
    "ftime",         "ftw",           "fwprintf",       "fwscanf",   "gcvt",      "getenv",
    "gethostbyaddr", "gethostbyname", "gethostbyname2", "getlogin",  "getopt",    "getpass",
    "getpw",         "getpwnam",      "getpwuid",       "gets",      "gets_s",    "getservbyname",
    "getw",          "getwd",         "gmtime",         "index",     "inet_addr", "inet_aton",
    "inet_network",  "inet_ntoa",     "jrand48",        "l64a",      "localtime", "longjmp",
    "lrand48",       "malloc",        "mallopt",        "memccpy",   "memcpy",    "memmove",
    "memset",        "mkdtemp",       "mkstemp",        "mktemp",    "mrand48",   "nftw",
    "nrand48",       "open",          "popen",          "printf",    "putenv",    "pvalloc",
    "rand",          "rand_r",        "random",         "rcmd",      "readdir",   "readdir_r",
    "readlink",      "realloc",       "realpath",       "rexec",     "rindex",    "sbrk",
    "scanf",         "setenv",        "setjmp",         "setlocale", "sigaction", "siglongjmp",
    "signal",        "sigsetjmp",     "snprintf",       "sprintf",   "srand",     "srand48",
    "srandom",       "sscanf",        "stpcpy",         "stpncpy",   "strcat",    "strchr",
    "strcmp",        "strcpy",        "strdup",         "strerror",  "strlcat",   "strlcpy",
    "strlen",        "strncat",       "strncpy",        "strndup",   "strsignal", "strtok",
    "strtok_r",      "swprintf",      "swscanf",        "system",    "tempnam",   "tmpfile",
    "tmpnam",        "tmpnam_r",      "ttyname",        "ualarm",    "usleep",    "valloc",
    "vfork",         "vfprintf",      "vfscanf",        "vfwprintf", "vfwscanf",  "vprintf",
    "vscanf",        "vsnprintf",     "vsprintf",       "vsscanf",   "vswprintf", "vswscanf",
    "vwprintf",      "vwscanf",       "wcpcpy",         "wcpncpy",   "wcscat",    "wcscpy",
    "wcslen",        "wcsncat",       "wcsncpy",        "wcstok",    "wmemcpy",   "wmemmove",
    "wordexp",       "wprintf",       "wscanf",
};
static_assert(std::is_sorted(std::begin(library_names), std::end(library_names)));

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

// The names under which a declaration may be watched.
std::vector<std::string> forms_of(const Declared& declared) {
  std::vector<std::string> forms{declared.name};
  const auto add_library_form = [&](std::string_view name) {
    auto form = library_form(name);
    if (is_library_name(form) || (declared.is_builtin && !form.empty())) forms.push_back(std::move(form));
  };
  if (declared.outside && declared.scope.empty()) add_library_form(declared.name);
  std::string_view label = declared.asm_label;
  strip_prefix(label, "\1");  // marks a label that gets no prefix of the target's
  if (!label.empty() && label != declared.name) {
    forms.emplace_back(label);
    add_library_form(label);
  }
  return forms;
}

}  // namespace

bool is_library_name(std::string_view name) {
  return std::binary_search(std::begin(library_names), std::end(library_names), name);
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
  for (const model::Ban& ban : bans_) {
    if (ban.entity != Entity::function) continue;
    std::string_view rest = ban.name;
    Watched watched{&ban, {}, strip_prefix(rest, "::")};
    if (const auto colons = rest.rfind("::"); colons != std::string_view::npos) {
      watched.scope = rest.substr(0, colons);
      watched.anyones = false;
      rest.remove_prefix(colons + 2);
    }
    by_name_[std::string(rest)].push_back(std::move(watched));
  }
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
  if (by_name_.contains(identifier)) return true;
  const bool may_be_form = identifier.starts_with("__");
  return may_be_form && by_name_.contains(library_form(identifier));
}

bool Watch::names_functions_alone() const {
  return std::ranges::all_of(bans_,
                             [](const model::Ban& ban) { return ban.entity == Entity::function && !ban.condition; });
}

std::vector<const model::Ban*> Watch::matches(const Declared& declared) const {
  std::vector<const model::Ban*> bans;
  for (const std::string& form : forms_of(declared)) {
    const auto entry = by_name_.find(form);
    if (entry == by_name_.end()) continue;
    for (const Watched& watched : entry->second) {
      if (means(watched, form, declared)) bans.push_back(watched.ban);
    }
  }
  std::ranges::sort(bans);  // by address: the order of bans_
  const auto repeated = std::ranges::unique(bans);
  bans.erase(repeated.begin(), repeated.end());
  return bans;
}

std::vector<const model::Ban*> Watch::matches_open_call(std::string_view name) const {
  std::vector<const model::Ban*> bans;
  const auto entry = by_name_.find(name);
  if (entry == by_name_.end()) return bans;
  for (const Watched& watched : entry->second) {
    if (watched.scope.empty()) bans.push_back(watched.ban);
  }
  return bans;
}

}  // namespace gate::cpp
