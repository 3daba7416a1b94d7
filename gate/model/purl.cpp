#include "gate/model/purl.h"

#include <algorithm>
#include <array>

namespace gate::model {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), lower);
  return text;
}

// Part 2 of the rules on percent-encoding: letters, digits, ".-_~" and the colon stand as they are.
std::string encoded(std::string_view text, std::string_view separators = "") {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_letter(c) || is_digit(c) || std::string_view(".-_~:").find(c) != std::string_view::npos ||
        separators.find(c) != std::string_view::npos) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', hex[byte >> 4], hex[byte & 15]};
    }
  }
  return out;
}

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::optional<std::string> decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

// Cuts `text` at its last `mark`; what follows the mark, or nothing where there is none.
std::optional<std::string_view> cut_last(std::string_view& text, char mark) {
  const auto at = text.rfind(mark);
  if (at == std::string_view::npos) return std::nullopt;
  const auto tail = text.substr(at + 1);
  text = text.substr(0, at);
  return tail;
}

template <class F>
void split(std::string_view text, char mark, F&& visit) {
  while (true) {
    const auto at = text.find(mark);
    visit(text.substr(0, at));
    if (at == std::string_view::npos) return;
    text.remove_prefix(at + 1);
  }
}

// Without empty segments; for a subpath also without "." and "..".
std::string joined_segments(std::string_view text, bool is_subpath) {
  std::string out;
  split(text, '/', [&](std::string_view segment) {
    if (segment.empty() || (is_subpath && (segment == "." || segment == ".."))) return;
    if (!out.empty()) out += '/';
    out += segment;
  });
  return out;
}

bool valid_type(std::string_view type) {
  return !type.empty() && is_letter(type.front()) && std::all_of(type.begin(), type.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '+';
  });
}

bool valid_key(std::string_view key) {
  return !key.empty() && !is_digit(key.front()) && std::all_of(key.begin(), key.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_';
  });
}

// An '@' at the start of a segment that is not the last: "pkg:npm/@babel/core", which someone forgot to encode.
bool is_npm_scope(std::string_view path, std::size_t at) {
  return (at == 0 || path[at - 1] == '/') && path.find('/', at) != std::string_view::npos;
}

// The one type whose name may have segments: the namespace is the host alone.
bool is_git(std::string_view type) { return lowered(std::string(type)) == "git"; }

// What the definitions of the types (types/*-definition.json) say about letters and namespaces.
struct TypeRule {
  std::string_view type;
  bool lower_space, lower_name, lower_version;
  enum { any, required, prohibited } space;
};
constexpr std::array type_rules{
    TypeRule{"alpm", true, true, false, TypeRule::required},
    TypeRule{"apk", true, true, false, TypeRule::required},
    TypeRule{"bitbucket", true, true, false, TypeRule::required},
    TypeRule{"bitnami", false, true, false, TypeRule::prohibited},
    TypeRule{"brew", true, true, false, TypeRule::any},
    TypeRule{"cargo", false, false, false, TypeRule::prohibited},
    TypeRule{"chrome-extension", false, false, false, TypeRule::prohibited},
    TypeRule{"composer", true, true, false, TypeRule::any},
    TypeRule{"deb", true, true, false, TypeRule::any},
    TypeRule{"git", true, true, false, TypeRule::any},
    TypeRule{"github", true, true, false, TypeRule::required},
    TypeRule{"gitlab", true, true, false, TypeRule::required},
    TypeRule{"golang", true, true, false, TypeRule::any},
    TypeRule{"hex", true, true, false, TypeRule::any},
    TypeRule{"huggingface", false, false, true, TypeRule::any},
    TypeRule{"npm", true, true, false, TypeRule::any},
    TypeRule{"oci", false, true, false, TypeRule::prohibited},
    TypeRule{"otp", false, true, false, TypeRule::prohibited},
    TypeRule{"pub", false, true, false, TypeRule::prohibited},
    TypeRule{"pypi", false, true, false, TypeRule::prohibited},
    TypeRule{"rpm", true, false, false, TypeRule::any},
    TypeRule{"swift", false, false, false, TypeRule::required},
    TypeRule{"vcpkg", false, true, false, TypeRule::prohibited},
    TypeRule{"vscode-extension", true, true, false, TypeRule::required},
};

const TypeRule* rule_of(std::string_view type) {
  const auto found =
      std::find_if(type_rules.begin(), type_rules.end(), [&](const TypeRule& rule) { return rule.type == type; });
  return found == type_rules.end() ? nullptr : &*found;
}

void apply_type_rule(Purl& purl) {
  if (const TypeRule* rule = rule_of(purl.type)) {
    if (rule->lower_space) purl.space = lowered(purl.space);
    if (rule->lower_name) purl.name = lowered(purl.name);
    if (rule->lower_version) purl.version = lowered(purl.version);
  }
  if (purl.type == "pypi") std::replace(purl.name.begin(), purl.name.end(), '_', '-');
  // Model names are case-sensitive in Azure ML and not in Databricks; the registry's address tells which it is.
  if (purl.type == "mlflow") {
    const auto registry = purl.qualifiers.find("repository_url");
    if (registry != purl.qualifiers.end() && registry->second.find("azuredatabricks") != std::string::npos) {
      purl.name = lowered(purl.name);
    }
  }
}

bool valid_chrome_extension(const Purl& purl) {
  if (purl.name.size() != 32) return false;
  if (!std::all_of(purl.name.begin(), purl.name.end(), [](char c) { return c >= 'a' && c <= 'p'; })) return false;
  if (!std::all_of(purl.version.begin(), purl.version.end(), [](char c) { return is_digit(c) || c == '.'; }))
    return false;
  return std::count(purl.version.begin(), purl.version.end(), '.') <= 3;
}

}  // namespace

std::optional<Purl> normalised(Purl parts) {
  if (!valid_type(parts.type)) return std::nullopt;
  parts.type = lowered(parts.type);
  parts.space = joined_segments(parts.space, false);
  parts.subpath = joined_segments(parts.subpath, true);
  if (parts.name.empty()) return std::nullopt;
  std::map<std::string, std::string> qualifiers;
  for (auto& [key, value] : parts.qualifiers) {
    if (!valid_key(key)) return std::nullopt;
    if (value.empty()) continue;
    if (!qualifiers.emplace(lowered(key), std::move(value)).second) return std::nullopt;
  }
  parts.qualifiers = std::move(qualifiers);
  apply_type_rule(parts);
  return parts;
}

// "How to parse a purl string": from the right, since the parts on the left may hold the marks of those on the right.
std::optional<Purl> parse_purl(std::string_view text) {
  Purl parts;
  bool broken = false;
  const auto decode = [&broken](std::string_view part) {
    auto plain = decoded(part);
    if (!plain) broken = true;
    return plain.value_or("");
  };

  if (const auto subpath = cut_last(text, '#')) parts.subpath = decode(joined_segments(*subpath, true));
  if (const auto query = cut_last(text, '?'); query && !query->empty()) {
    split(*query, '&', [&](std::string_view pair) {
      const auto mark = pair.find('=');
      if (mark == std::string_view::npos) {
        broken = true;
      } else if (!parts.qualifiers.emplace(pair.substr(0, mark), decode(pair.substr(mark + 1))).second) {
        broken = true;
      }
    });
  }
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || lowered(std::string(text.substr(0, colon))) != "pkg") return std::nullopt;
  text.remove_prefix(colon + 1);
  while (!text.empty() && text.front() == '/') text.remove_prefix(1);
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  parts.type = text.substr(0, slash);
  text.remove_prefix(slash + 1);

  const auto at = text.rfind('@');
  if (at != std::string_view::npos && !is_npm_scope(text, at)) {
    parts.version = decode(text.substr(at + 1));
    text = text.substr(0, at);
  }
  while (!text.empty() && text.back() == '/' && parts.version.empty()) text.remove_suffix(1);
  const auto cut = is_git(parts.type) ? text.find('/') : text.rfind('/');
  if (cut != std::string_view::npos) parts.space = decode(text.substr(0, cut));
  parts.name = decode(cut == std::string_view::npos ? text : text.substr(cut + 1));
  if (broken) return std::nullopt;
  return normalised(std::move(parts));
}

std::string to_string(const Purl& purl) {
  std::string out = "pkg:" + purl.type + '/';
  if (!purl.space.empty()) out += encoded(purl.space, "/") + '/';
  out += encoded(purl.name, is_git(purl.type) ? "/" : "");
  if (!purl.version.empty()) out += '@' + encoded(purl.version);
  char mark = '?';
  for (const auto& [key, value] : purl.qualifiers) {
    out += mark + key + '=' + encoded(value);
    mark = '&';
  }
  if (!purl.subpath.empty()) out += '#' + encoded(purl.subpath, "/");
  return out;
}

// Keys that all types share: the specification's cases read "repositorY_url", and refuse "Platform".
constexpr std::array<std::string_view, 6> common_keys{"checksum",       "download_url", "file_name",
                                                      "repository_url", "vcs_url",      "vers"};

std::string_view spelling_violation(std::string_view text) {
  cut_last(text, '#');
  const auto query = cut_last(text, '?');
  bool has_capital = false;
  split(query.value_or(std::string_view()), '&', [&](std::string_view pair) {
    const std::string key(pair.substr(0, pair.find('=')));
    has_capital |=
        key != lowered(key) && std::find(common_keys.begin(), common_keys.end(), lowered(key)) == common_keys.end();
  });
  return has_capital ? "a qualifier's key in upper case" : "";
}

std::string_view type_violation(const Purl& purl) {
  if (const TypeRule* rule = rule_of(purl.type)) {
    if (rule->space == TypeRule::required && purl.space.empty()) return "the type requires a namespace";
    if (rule->space == TypeRule::prohibited && !purl.space.empty()) return "the type has no namespace";
  }
  if (purl.type == "cpan" && purl.name.find("::") != std::string::npos)
    return "cpan: a distribution has no '::' in its name";
  if (purl.type == "julia" && !purl.qualifiers.contains("uuid")) return "julia: the qualifier uuid is required";
  if (purl.type == "chrome-extension" && !valid_chrome_extension(purl))
    return "chrome-extension: 32 letters a-p, and a version of up to four numbers";
  return {};
}

std::string canonical_or_same(std::string_view text) {
  const auto purl = parse_purl(text);
  return purl ? to_string(*purl) : std::string(text);
}

}  // namespace gate::model
