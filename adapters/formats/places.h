// Where the parts of a document stand that was turned into JSON to be read.
#pragma once

#include <string>
#include <unordered_map>

namespace gate::formats {

class Places {
 public:
  void add(std::string pointer, std::string place) { places_.emplace(std::move(pointer), std::move(place)); }
  // The place of what stands at the JSON pointer, or of what is nearest around it.
  std::string operator()(std::string pointer) const {
    while (true) {
      const auto found = places_.find(pointer);
      if (found != places_.end()) return found->second;
      if (pointer.empty()) return {};
      pointer.resize(pointer.rfind('/'));
    }
  }

 private:
  std::unordered_map<std::string, std::string> places_;
};

}  // namespace gate::formats
