// The first line names the adapter; without such a line, the first byte picks one. The rest is the report. With
// GATE_FUZZ_FORMAT=trivy in the environment it is a report of Trivy's whatever comes first.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "adapters/formats/formats.h"

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "formats_fuzz: %s\n", what);
  std::abort();
}

std::size_t count(const gate::Facts& facts) {
  return facts.of<gate::ScanReport>().size() + facts.of<gate::Component>().size() +
         facts.of<gate::Vulnerability>().size() + facts.of<gate::VexStatement>().size() +
         facts.of<gate::VulnerabilityNote>().size() + facts.of<gate::EndOfLife>().size();
}

const gate::Format* named(std::string_view name) {
  const auto& formats = gate::formats::all();
  const auto found = std::ranges::find(formats, name, &gate::Format::name);
  return found == formats.end() ? nullptr : &*found;
}

const gate::Format& pick(std::string_view& input) {
  static const char* const only = std::getenv("GATE_FUZZ_FORMAT");
  const auto& formats = gate::formats::all();
  const auto end = std::min(input.find('\n'), input.size());
  const gate::Format* first = named(input.substr(0, end));
  const auto& picked = first ? *first : formats[static_cast<unsigned char>(input[0]) % formats.size()];
  input.remove_prefix(first ? std::min(end + 1, input.size()) : 1);
  if (!only) return picked;
  require(named(only), "no such format");
  return *named(only);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view input(reinterpret_cast<const char*>(data), size);
  const gate::Format& format = pick(input);
  const gate::Document document{std::string(input), {"fuzz", std::string(64, 'f'), {}}};
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
