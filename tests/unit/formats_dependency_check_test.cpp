// The XML form of Dependency-Check's report. The JSON form has its samples under tests/golden.
#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/formats/formats.h"
#include "tests/unit/support.h"

namespace gate::formats {
namespace {

Result<FactBatch> read_sample(const std::string& name) {
  const std::string path = test::source_dir() + "/tests/golden/formats/dependency_check/" + name;
  const auto format = std::ranges::find(all(), "dependency-check", &Format::name);
  return format->parse({test::read(path), {name, std::string(64, 'd'), {}}});
}

TEST(FormatsDependencyCheck, XmlTellsWhatJsonTells) {
  const auto xml = read_sample("files.xml");
  const auto json = read_sample("files.json");
  ASSERT_TRUE(xml && json);
  EXPECT_TRUE(xml->problems.empty());
  for (const FactKind kind : {FactKind::scan_report, FactKind::vulnerability, FactKind::component}) {
    EXPECT_EQ(xml->coverage.at(kind), Coverage::complete);
  }
  const auto& in_xml = xml->facts.of<Vulnerability>();
  const auto& in_json = json->facts.of<Vulnerability>();
  ASSERT_EQ(in_xml.size(), 2u);
  ASSERT_EQ(in_json.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(in_xml[i].id, in_json[i].id);
    EXPECT_EQ(in_xml[i].package, in_json[i].package);
    EXPECT_EQ(in_xml[i].ratings, in_json[i].ratings);
    EXPECT_EQ(in_xml[i].fixed, in_json[i].fixed);
    EXPECT_EQ(in_xml[i].cwes, in_json[i].cwes);
    EXPECT_EQ(in_xml[i].suppressed, in_json[i].suppressed);
  }
  EXPECT_EQ(xml->facts.of<ScanReport>().front().data_date, json->facts.of<ScanReport>().front().data_date);
}

TEST(FormatsDependencyCheck, FactsOfXmlNameLineAndColumn) {
  const auto batch = read_sample("files.xml");
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->facts.of<Vulnerability>().front().origin.at, "20:9");
  EXPECT_EQ(batch->facts.of<Component>().front().origin.at, "11:5");
}

TEST(FormatsDependencyCheck, OtherSchemasAreRefused) {
  for (const char* name : {"next-version.xml", "older.xml"}) {
    const auto batch = read_sample(name);
    ASSERT_FALSE(batch) << name;
    EXPECT_EQ(batch.error().code, Errc::unsupported_version) << name;
  }
}

TEST(FormatsDependencyCheck, ATruncatedXmlReportIsNone) {
  const std::string path = test::source_dir() + "/tests/golden/formats/dependency_check/files.xml";
  const std::string whole = test::read(path);
  const auto format = std::ranges::find(all(), "dependency-check", &Format::name);
  for (std::size_t sixteenth = 0; sixteenth < 16; ++sixteenth) {
    EXPECT_FALSE(format->parse({whole.substr(0, whole.size() * sixteenth / 16), {"cut", std::string(64, 'd'), {}}}))
        << sixteenth << "/16";
  }
}

}  // namespace
}  // namespace gate::formats
