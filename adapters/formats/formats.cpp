#include "adapters/formats/formats.h"

#include <algorithm>
#include <exception>
#include <string>

namespace gate::formats {

// Each in its own file.
#define GATE_FORMAT(name, ...) Result<FactBatch> parse_##name(Document& document);
#include "adapters/adapters.def"
#undef GATE_FORMAT

namespace {

// The one place where an exception of an adapter, or of the library below it, ends; and where errors learn the digest.
template <Result<FactBatch> (*parse)(Document&)>
Result<FactBatch> guarded(Document document) {
  try {
    auto batch = parse(document);
    if (batch) return batch;
    Error error = batch.error();
    error.where.sha256 = document.origin.sha256;
    return error;
  } catch (const std::exception& e) {
    return Error{Errc::internal, e.what(), document.origin};
  }
}

std::string dashed(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

}  // namespace

const std::vector<Format>& all() {
  using enum FactKind;
#define GATE_FORMAT(name, ...) static const std::string name##_name = dashed(#name);
#include "adapters/adapters.def"
#undef GATE_FORMAT
#define GATE_FORMAT(name, ...) {name##_name, {__VA_ARGS__}, &guarded<parse_##name>},
  static const std::vector<Format> formats{
#include "adapters/adapters.def"
  };
#undef GATE_FORMAT
  return formats;
}

}  // namespace gate::formats
