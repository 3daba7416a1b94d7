// Every writer against bytes that a person has read. GATE_UPDATE_GOLDEN=1 writes them anew.
#include <gtest/gtest.h>

#include "tests/unit/evidence_reports.h"
#include "tests/unit/support.h"

namespace {

using namespace gate;

struct Ending {
  const char* name;
  evidence::Report (*report)();
};

struct Golden {
  const char* writer;
  const char* extension;
};

void expect_golden(const std::string& file, const std::string& bytes) {
  const std::filesystem::path path = std::filesystem::path(test::source_dir()) / "tests/golden/evidence" / file;
  if (std::getenv("GATE_UPDATE_GOLDEN")) {
    std::ofstream(path, std::ios::binary) << bytes;
    return;
  }
  ASSERT_TRUE(std::filesystem::exists(path)) << path;
  EXPECT_EQ(bytes, test::read(path)) << file;
}

class EvidenceGolden : public testing::TestWithParam<Ending> {};

TEST_P(EvidenceGolden, HasTheBytes) {
  constexpr Golden goldens[] = {
      {"text", "txt"}, {"statement", "json"}, {"markdown", "md"}, {"sarif", "sarif"}, {"junit", "xml"}};
  for (const Golden& golden : goldens) {
    const evidence::Report report = GetParam().report();
    const std::string bytes = test::writer(golden.writer).write(report);
    EXPECT_EQ(bytes, test::writer(golden.writer).write(report)) << "not the same twice";
    expect_golden(std::string(GetParam().name) + "." + golden.extension, bytes);
  }
}

INSTANTIATE_TEST_SUITE_P(Endings, EvidenceGolden,
                         testing::Values(Ending{"pass", test::passing}, Ending{"fail", test::failing},
                                         Ending{"undecided", test::undecided}, Ending{"waived", test::waived},
                                         Ending{"allowed", test::allowed}),
                         [](const auto& ending) { return std::string(ending.param.name); });

TEST(EvidenceGoldenJapanese, HasTheBytes) {
  evidence::Report report = test::failing();
  report.language = "ja";
  report.verdict.waivers = test::waived().verdict.waivers;
  report.loosenings = test::waived().loosenings;
  expect_golden("fail.ja.txt", test::writer("text").write(report));
}

}  // namespace
