#include <algorithm>

#include "adapters/ci/ci.h"

namespace gate::ci {
namespace {

constexpr std::size_t shown_per_level = 10;

// What GitHub's runner takes for structure: the ends of lines in data, and also the separators in properties.
std::string escape(std::string_view text, bool is_property) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '%': out += "%25"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      case ':': out += is_property ? "%3A" : ":"; break;
      case ',': out += is_property ? "%2C" : ","; break;
      default: out += c;
    }
  }
  return out;
}

std::string command(const Annotation& annotation) {
  std::string properties;
  const auto add = [&properties](std::string_view name, std::string_view value) {
    properties += properties.empty() ? " " : ",";
    properties += name;
    properties += '=';
    properties += escape(value, true);
  };
  if (!annotation.file.empty()) add("file", annotation.file);
  if (annotation.line > 0) add("line", std::to_string(annotation.line));
  if (annotation.column > 0) add("col", std::to_string(annotation.column));
  if (!annotation.title.empty()) add("title", annotation.title);
  return (annotation.is_error ? "::error" : "::warning") + properties + "::" + escape(annotation.message, false) + "\n";
}

void write_level(const std::vector<Annotation>& annotations, bool is_error, std::string& out) {
  const auto of_level = [is_error](const Annotation& a) { return a.is_error == is_error; };
  const std::size_t count = static_cast<std::size_t>(std::count_if(annotations.begin(), annotations.end(), of_level));
  const std::size_t shown = count > shown_per_level ? shown_per_level - 1 : count;
  std::size_t written = 0;
  for (const Annotation& annotation : annotations) {
    if (written == shown) break;
    if (!of_level(annotation)) continue;
    out += command(annotation);
    ++written;
  }
  if (count == shown) return;
  Annotation rest;
  rest.is_error = is_error;
  rest.message = std::to_string(count - shown) + (is_error ? " more errors" : " more warnings") + ": see the report";
  out += command(rest);
}

}  // namespace

std::string github_annotations(const std::vector<Annotation>& annotations) {
  std::string out;
  write_level(annotations, true, out);
  write_level(annotations, false, out);
  return out;
}

}  // namespace gate::ci
