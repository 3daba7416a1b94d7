// The first byte picks the adapter, '0' the first of adapters.def; the rest is the report. With GATE_FUZZ_FORMAT=trivy
// in the environment it is Trivy's for every input.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "adapters/formats/formats.h"

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "formats_fuzz: %s\n", what);
  std::abort();
}

const gate::Format& chosen(std::uint8_t first) {
  const auto& formats = gate::formats::all();
  static const char* const name = std::getenv("GATE_FUZZ_FORMAT");
  if (!name) return formats[static_cast<std::uint8_t>(first - '0') % formats.size()];
  const auto named = std::ranges::find(formats, std::string_view(name), &gate::Format::name);
  require(named != formats.end(), "no such format");
  return *named;
}

std::size_t count(const gate::Facts& facts) {
  return facts.of<gate::ScanReport>().size() + facts.of<gate::Component>().size() +
         facts.of<gate::Vulnerability>().size() + facts.of<gate::VexStatement>().size() +
         facts.of<gate::VulnerabilityNote>().size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto& format = chosen(data[0]);
  const gate::Document document{{reinterpret_cast<const char*>(data) + 1, size - 1},
                                {"fuzz", std::string(64, 'f'), {}}};
  const auto batch = format.parse(document);
  if (!batch) {
    require(!batch.error().what.empty(), "an error that says nothing");
    require(batch.error().code != gate::Errc::internal, "an exception reached the door");
    return 0;
  }
  require(!batch->coverage.empty(), "a batch that speaks about nothing");
  require(count(batch->facts) > 0 || !batch->problems.empty(), "nothing seen, and nothing said");
  for (const auto& [kind, coverage] : batch->coverage) {
    require(coverage == gate::Coverage::complete || !batch->problems.empty(), "lowered without a reason");
  }
  return 0;
}
