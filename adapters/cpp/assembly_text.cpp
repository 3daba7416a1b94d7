#include "adapters/cpp/assembly_text.h"

namespace gate::cpp {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '$'; }

bool names_operand(std::string_view text, std::size_t word) {
  if (word < 2 || text[word - 1] != '[') return false;
  return text[word - 2] == '%' || (word > 2 && is_letter(text[word - 2]) && text[word - 3] == '%');
}

}  // namespace

std::vector<AssemblyWord> assembly_words(std::string_view text) {
  std::vector<AssemblyWord> words;
  for (std::size_t end = 0; end < text.size();) {
    const std::size_t begin = end;
    while (end < text.size() && is_word(text[end])) ++end;
    if (end > begin && !names_operand(text, begin)) words.push_back({text.substr(begin, end - begin), begin});
    if (end == begin) ++end;
  }
  return words;
}

}  // namespace gate::cpp
