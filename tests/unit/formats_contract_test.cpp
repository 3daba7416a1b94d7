// What holds for every adapter, whatever its name. A new one adds its samples under tests/golden/formats/<name>/:
//   <case>.json, <case>.facts.json  a report and what `gate inspect` tells of it (GATE_UPDATE_GOLDEN=1 writes it);
//                                   of another syntax: <case>.xml, <case>.xml.facts.json, likewise .csv and .spdx
//   next-version.json               the same format a version later, which must be refused; one in each syntax
//   optional-keys.txt               members whose loss no reader can notice, and why: "rename|null|empty POINTER  #
//   why"
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

#include "adapters/formats/formats.h"
#include "gate/evidence/facts_json.h"
#include "gate/json/value.h"
#include "tests/unit/report_twins.h"
#include "tests/unit/support.h"

namespace gate::formats {
namespace {

namespace fs = std::filesystem;

Document document_of(std::string bytes, std::string name) {
  return {std::move(bytes), {std::move(name), std::string(64, 'd'), {}}};
}

fs::path folder_of(const Format& format) {
  std::string name(format.name);
  std::replace(name.begin(), name.end(), '-', '_');
  return fs::path(test::source_dir()) / "tests/golden/formats" / name;
}

struct Sample {
  fs::path path;
  std::string bytes;
};

constexpr std::array<std::string_view, 4> syntaxes{".json", ".xml", ".csv", ".spdx"};  // by extension

// `later`: those of the next version instead.
std::vector<Sample> samples_of(const Format& format, bool later = false) {
  std::vector<Sample> samples;
  if (!fs::is_directory(folder_of(format))) return samples;
  for (const auto& entry : fs::directory_iterator(folder_of(format))) {
    const std::string name = entry.path().filename().string();
    const bool is_report = std::ranges::find(syntaxes, entry.path().extension()) != syntaxes.end();
    if (!is_report || name.ends_with(".facts.json") || name.starts_with("next-version.") != later) continue;
    samples.push_back({entry.path(), test::read(entry.path())});
  }
  std::sort(samples.begin(), samples.end(), [](const Sample& a, const Sample& b) { return a.path < b.path; });
  return samples;
}

// As `gate inspect` and the engine take it: an error is a batch in which nothing was seen.
FactBatch seen_by(const Format& format, const std::string& bytes, const std::string& name = "report") {
  auto batch = format.parse(document_of(bytes, name));
  return batch ? std::move(*batch) : nothing_seen(format.yields, batch.error());
}

bool is_complete(const FactBatch& batch) {
  return batch.problems.empty() && !batch.coverage.empty() &&
         std::all_of(batch.coverage.begin(), batch.coverage.end(),
                     [](const auto& entry) { return entry.second == Coverage::complete; });
}

void for_each_sample(const std::function<void(const Format&, const Sample&)>& visit) {
  for (const Format& format : all()) {
    for (const Sample& sample : samples_of(format)) {
      SCOPED_TRACE(sample.path.string());
      visit(format, sample);
    }
  }
}

TEST(FormatsContract, EachAdapterHasSamples) {
  ASSERT_FALSE(all().empty());
  std::set<std::string_view> names;
  for (const Format& format : all()) {
    EXPECT_FALSE(samples_of(format).empty()) << folder_of(format);
    std::set<fs::path> now, later;
    for (const Sample& sample : samples_of(format)) now.insert(sample.path.extension());
    for (const Sample& sample : samples_of(format, true)) later.insert(sample.path.extension());
    EXPECT_EQ(now, later) << folder_of(format) << ": next-version in each syntax";
    EXPECT_FALSE(format.yields.empty()) << format.name;
    EXPECT_EQ(format.name.find('_'), std::string_view::npos) << format.name;
    EXPECT_TRUE(names.insert(format.name).second) << format.name;
    const auto samples = samples_of(format);
    EXPECT_TRUE(std::any_of(samples.begin(), samples.end(),
                            [&](const Sample& sample) { return is_complete(seen_by(format, sample.bytes)); }))
        << format.name << ": no sample that is read in full";
  }
}

// The fuzzer begins where the samples are: "<name of the adapter>\n" and the report.
TEST(FormatsContract, EachSampleIsInTheCorpus) {
  const fs::path corpus = fs::path(test::source_dir()) / "tests/fuzz/corpus/formats";
  std::set<std::string> inputs;
  for (const auto& entry : fs::directory_iterator(corpus)) inputs.insert(test::read(entry.path()));
  for_each_sample([&](const Format& format, const Sample& sample) {
    EXPECT_TRUE(inputs.contains(std::string(format.name) + "\n" + sample.bytes)) << "copy it to " << corpus;
  });
}

TEST(FormatsContract, GoldenFacts) {
  for_each_sample([](const Format& format, const Sample& sample) {
    const std::string name = sample.path.filename().string();
    const std::string facts = json::to_pretty_string(evidence::to_json(seen_by(format, sample.bytes, name)));
    fs::path golden = sample.path;
    golden.replace_extension(golden.extension() == ".json" ? ".facts.json"
                                                           : golden.extension().string() + ".facts.json");
    if (std::getenv("GATE_UPDATE_GOLDEN")) {
      std::ofstream(golden, std::ios::binary) << facts;
    }
    ASSERT_TRUE(fs::exists(golden)) << golden;
    EXPECT_EQ(test::read(golden), facts);
  });
}

TEST(FormatsContract, FactsNameTheirPlaceAndBatchesTheirKinds) {
  for_each_sample([](const Format& format, const Sample& sample) {
    const FactBatch batch = seen_by(format, sample.bytes);
    const auto named = [](const auto& facts) {
      return std::all_of(facts.begin(), facts.end(), [](const auto& fact) {
        return fact.origin.artifact == "report" && fact.origin.sha256 == std::string(64, 'd');
      });
    };
    EXPECT_TRUE(named(batch.facts.of<ScanReport>()));
    EXPECT_TRUE(named(batch.facts.of<Component>()));
    EXPECT_TRUE(named(batch.facts.of<Vulnerability>()));
    EXPECT_TRUE(named(batch.facts.of<Sbom>()));
    EXPECT_TRUE(named(batch.facts.of<VexStatement>()));
    EXPECT_TRUE(named(batch.facts.of<VulnerabilityNote>()));
    EXPECT_TRUE(named(batch.facts.of<EndOfLife>()));
    for (const auto& [kind, coverage] : batch.coverage) {
      EXPECT_NE(std::find(format.yields.begin(), format.yields.end(), kind), format.yields.end()) << name(kind);
    }
    for (const Error& problem : batch.problems) {
      EXPECT_EQ(problem.where.artifact, "report");
      EXPECT_EQ(problem.where.sha256, std::string(64, 'd'));
    }
  });
}

TEST(FormatsContract, TheNextVersionIsRefused) {
  for (const Format& format : all()) {
    for (const Sample& sample : samples_of(format, true)) {
      SCOPED_TRACE(sample.path.string());
      const FactBatch batch = seen_by(format, sample.bytes);
      EXPECT_TRUE(std::ranges::any_of(batch.problems,
                                      [](const Error& each) { return each.code == Errc::unsupported_version; }));
      for (const auto& [kind, coverage] : batch.coverage) EXPECT_NE(coverage, Coverage::complete);
    }
  }
}

TEST(FormatsContract, WhatIsNoReportIsAProblem) {
  using namespace std::string_literals;
  const std::string texts[] = {"",
                               " ",
                               "null",
                               "true",
                               "0",
                               "\"\"",
                               "{}",
                               "[]",
                               "[{}]",
                               "{",
                               "[[[[",
                               "<html><body>502 Bad Gateway</body></html>",
                               "{}{}",
                               "{\"a\":1,}",
                               "\xEF\xBB\xBF{}",
                               "\0"s,
                               "{\"results\":null}",
                               "{\"matches\":null}",
                               "{\"SchemaVersion\":2}",
                               "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"}",
                               "level=error msg=\"scan failed\""};
  for (const Format& format : all()) {
    for (const std::string& text : texts) {
      const FactBatch batch = seen_by(format, text);
      EXPECT_FALSE(batch.problems.empty()) << format.name << " of " << text;
      EXPECT_FALSE(is_complete(batch)) << format.name << " of " << text;
    }
  }
}

TEST(FormatsContract, ATruncatedReportIsNeverComplete) {
  for_each_sample([](const Format& format, const Sample& sample) {
    // The blanks at the end are no part of the report.
    const auto size = sample.bytes.find_last_not_of(" \r\n") + 1;
    // What is written in lines has no end mark: cut between two, it is a shorter report.
    const bool in_lines = sample.path.extension() == ".csv" || sample.path.extension() == ".spdx";
    for (std::size_t sixteenth = 0; sixteenth < 16; ++sixteenth) {
      const std::string cut = sample.bytes.substr(0, size * sixteenth / 16);
      if (in_lines && cut.ends_with('\n')) continue;
      const FactBatch batch = seen_by(format, cut);
      EXPECT_FALSE(is_complete(batch)) << sixteenth << "/16";
      EXPECT_FALSE(batch.problems.empty()) << sixteenth << "/16";
    }
  });
}

// ---- twins: the sample with one thing wrong ----

// How much a batch tells. An unknown severity ranks above all others, since a policy fails it.
struct Worth {
  std::map<FactKind, std::size_t> counts;
  std::int64_t examined = 0;
  std::vector<int> severities;  // falling
};

Worth worth_of(const FactBatch& batch) {
  Worth worth;
  worth.counts[FactKind::scan_report] = batch.facts.of<ScanReport>().size();
  worth.counts[FactKind::component] = batch.facts.of<Component>().size();
  worth.counts[FactKind::vulnerability] = batch.facts.of<Vulnerability>().size();
  worth.counts[FactKind::sbom] = batch.facts.of<Sbom>().size();
  worth.counts[FactKind::vex_statement] = batch.facts.of<VexStatement>().size();
  worth.counts[FactKind::vulnerability_note] = batch.facts.of<VulnerabilityNote>().size();
  worth.counts[FactKind::end_of_life] = batch.facts.of<EndOfLife>().size();
  for (const ScanReport& report : batch.facts.of<ScanReport>()) worth.examined += report.examined;
  for (const Vulnerability& fact : batch.facts.of<Vulnerability>()) {
    worth.severities.push_back(fact.severity == Severity::unknown ? 99 : static_cast<int>(fact.severity));
  }
  std::sort(worth.severities.rbegin(), worth.severities.rend());
  return worth;
}

bool tells_less(const FactBatch& twin, const FactBatch& original) {
  const Worth less = worth_of(twin), full = worth_of(original);
  for (const auto& [kind, count] : full.counts) {
    if (less.counts.at(kind) < count) return true;
  }
  for (std::size_t i = 0; i < full.severities.size(); ++i) {
    if (less.severities[i] < full.severities[i]) return true;
  }
  return less.examined < full.examined;
}

bool is_silent(const FactBatch& twin, const FactBatch& original) {
  if (!twin.problems.empty()) return false;
  return std::all_of(original.coverage.begin(), original.coverage.end(), [&](const auto& entry) {
    const auto found = twin.coverage.find(entry.first);
    return found != twin.coverage.end() && found->second >= entry.second;
  });
}

// "rename /a/*/b   # why" by line.
std::set<std::string> exceptions_of(const Format& format) {
  std::set<std::string> exceptions;
  std::istringstream lines(test::read(folder_of(format) / "optional-keys.txt"));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    EXPECT_NE(line.find(" # "), std::string::npos) << format.name << ": without a reason: " << line;
    line = line.substr(0, line.find('#'));
    line.erase(line.find_last_not_of(' ') + 1);
    exceptions.insert(line);
  }
  return exceptions;
}

TEST(FormatsContract, NoMemberOrListIsLostInSilence) {
  for (const Format& format : all()) {
    const auto exceptions = exceptions_of(format);
    std::set<std::string> used;
    std::size_t twins = 0;
    for (const Sample& sample : samples_of(format)) {
      SCOPED_TRACE(sample.path.string());
      const FactBatch original = seen_by(format, sample.bytes);
      std::size_t of_sample = 0;
      test::for_each_twin(sample.path.extension().string(), sample.bytes,
                          [&](const std::string& what, const std::string& bytes) {
                            ++of_sample;
                            const FactBatch twin = seen_by(format, bytes);
                            EXPECT_TRUE(what != "nothing" || twin.problems.size() == original.problems.size());
                            if (!tells_less(twin, original) || !is_silent(twin, original)) return;
                            used.insert(what);
                            EXPECT_TRUE(exceptions.contains(what)) << what << ": facts were lost in silence";
                          });
      EXPECT_TRUE(of_sample > 0 || !original.problems.empty()) << "no twins of a report without problems";
      twins += of_sample;
    }
    EXPECT_GT(twins, 0u) << format.name;
    EXPECT_EQ(exceptions, used) << format.name << ": optional-keys.txt names what is not lost";
  }
}

TEST(FormatsContract, ProblemsAreCountedBeyondAThousand) {
  // Arrays of nonsense where a list of records is expected: whichever names the adapter knows.
  for (const Format& format : all()) {
    for (const Sample& sample : samples_of(format)) {
      const auto value = json::parse(sample.bytes, "sample");
      if (!value || !value->object()) continue;
      json::Value big = *value;
      for (const auto& [key, member] : value->object()->members()) {
        if (!member.array()) continue;
        json::Array nonsense(3000, json::Value(7));
        big[key] = std::move(nonsense);
      }
      const FactBatch batch = seen_by(format, json::to_string(big));
      EXPECT_LE(batch.problems.size(), 1001u) << sample.path;
    }
  }
}

}  // namespace
}  // namespace gate::formats
