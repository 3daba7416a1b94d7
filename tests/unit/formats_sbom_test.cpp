// SBOMs in more syntaxes than JSON: each says what its twin in JSON says, and nothing of it is lost in silence.
#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/formats/formats.h"
#include "gate/evidence/facts_json.h"
#include "gate/json/value.h"
#include "tests/unit/support.h"

namespace gate::formats {
namespace {

const Format& format_of(std::string_view name) {
  return *std::find_if(all().begin(), all().end(), [&](const Format& format) { return format.name == name; });
}

FactBatch seen(std::string_view name, std::string bytes) {
  const Format& format = format_of(name);
  auto batch = format.parse({std::move(bytes), {"report", std::string(64, 'd'), {}}});
  return batch ? std::move(*batch) : nothing_seen(format.yields, batch.error());
}

std::string sample(const std::string& name) { return test::read(test::source_dir() + "/tests/golden/formats/" + name); }

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

bool is_complete(const FactBatch& batch) {
  return batch.problems.empty() && std::all_of(batch.coverage.begin(), batch.coverage.end(),
                                               [](const auto& entry) { return entry.second == Coverage::complete; });
}

void drop_origins(json::Value& value) {
  if (json::Array* array = value.array()) {
    for (json::Value& each : *array) drop_origins(each);
  } else if (json::Object* object = value.object()) {
    if (object->find("origin")) (*object)["origin"] = nullptr;
    for (const auto& [key, member] : object->members()) drop_origins((*object)[key]);
  }
}

// The facts, in an order that does not depend on where they stood.
std::string facts_of(const FactBatch& batch) {
  json::Value facts = *evidence::to_json(batch).find("facts");
  drop_origins(facts);
  for (const auto& [kind, list] : facts.object()->members()) {
    std::vector<std::string> lines;
    for (const json::Value& fact : *list.array()) lines.push_back(json::to_string(fact));
    std::sort(lines.begin(), lines.end());
    json::Array sorted(lines.begin(), lines.end());
    facts[kind] = std::move(sorted);
  }
  return json::to_pretty_string(facts);
}

std::vector<std::string> complaints(const FactBatch& batch) {
  std::vector<std::string> out;
  for (const Error& problem : batch.problems) out.push_back(problem.where.at + ": " + problem.what);
  return out;
}

TEST(FormatsSbom, CycloneDxSaysTheSameInXml) {
  const FactBatch json = seen("cyclonedx", sample("cyclonedx/graph.json"));
  const FactBatch xml = seen("cyclonedx", sample("cyclonedx/graph.xml"));
  EXPECT_TRUE(is_complete(json));
  EXPECT_EQ(complaints(xml), std::vector<std::string>{});
  EXPECT_TRUE(is_complete(xml));
  EXPECT_EQ(facts_of(xml), facts_of(json));
  ASSERT_FALSE(xml.facts.of<Component>().empty());
  for (const Component& component : xml.facts.of<Component>()) {
    EXPECT_NE(component.origin.at.find(':'), std::string::npos) << component.origin.at;
  }
}

TEST(FormatsSbom, SpdxSaysTheSameInTags) {
  const FactBatch json = seen("spdx", sample("spdx/packages.json"));
  const FactBatch tags = seen("spdx", sample("spdx/packages.spdx"));
  EXPECT_TRUE(is_complete(json));
  EXPECT_EQ(complaints(tags), std::vector<std::string>{});
  EXPECT_EQ(facts_of(tags), facts_of(json));
  for (const Component& component : tags.facts.of<Component>()) {
    EXPECT_GT(std::stoi(component.origin.at), 10) << component.origin.at;
  }
}

TEST(FormatsSbom, ATruncatedDocumentIsNeverComplete) {
  for (const auto& [format, name] :
       {std::pair("cyclonedx", "cyclonedx/graph.xml"), std::pair("spdx", "spdx/packages.spdx")}) {
    const std::string whole = sample(name);
    const FactBatch all = seen(format, whole);
    for (std::size_t sixteenth = 0; sixteenth < 16; ++sixteenth) {
      const std::string cut = whole.substr(0, whole.size() * sixteenth / 16);
      const FactBatch batch = seen(format, cut);
      // Tags have no end that could be missing, so that a cut between two relationships is not told.
      EXPECT_TRUE(!is_complete(batch) || (std::string_view(format) == "spdx" && cut.ends_with('\n')))
          << name << ' ' << sixteenth;
      EXPECT_NE(facts_of(batch), facts_of(all)) << name << ' ' << sixteenth;
    }
  }
}

// Elements and attributes whose loss takes facts away are told.
TEST(FormatsSbom, NoElementIsLostInSilence) {
  const std::string whole = sample("cyclonedx/graph.xml");
  for (const char* name : {"components", "component", "vulnerabilities", "vulnerability", "affects", "target",
                           "ratings", "rating", "licenses", "hashes", "dependencies", "analysis", "metadata",
                           "services", "compositions", "purl", "id", "ref", "severity"}) {
    const std::string open = std::string("<") + name, close = std::string("</") + name + ">";
    std::string text = whole;
    // Renames the last one whose tags are not interleaved with others of its name.
    const auto end = text.rfind(close);
    ASSERT_NE(end, std::string::npos) << name;
    text.insert(end + close.size() - 1, "_x");
    auto begin = text.rfind(open, end);
    while (text[begin + open.size()] != '>' && text[begin + open.size()] != ' ') begin = text.rfind(open, begin - 1);
    text.insert(begin + open.size(), "_x");
    const FactBatch batch = seen("cyclonedx", text);
    EXPECT_FALSE(is_complete(batch)) << name;
  }
  for (const auto& [from, to] :
       {std::pair("type=\"library\" bom-ref=\"express\"", "type=\"library\""),
        std::pair("type=\"file\" bom-ref=\"bundle\"", "bom-ref=\"bundle\""),
        std::pair("alg=\"SHA-256\"", "alg=\"SHA-257\""), std::pair("<dependency ref=\"accepts\"/>", "<dependency/>"),
        std::pair("<score>9.8</score>", "<score>9,8</score>"), std::pair("<cwe>79</cwe>", "<cwe>CWE-79</cwe>"),
        std::pair("<id>CVE-2026-0002</id>", "<id>CVE-2026-0002</id><id>CVE-2026-9</id>")}) {
    EXPECT_FALSE(is_complete(seen("cyclonedx", replaced(whole, from, to)))) << from;
  }
}

TEST(FormatsSbom, XmlThatIsNoCycloneDxIsRefusedByName) {
  const auto problem = [](const std::string& text) { return describe(seen("cyclonedx", text).problems.at(0)); };
  EXPECT_NE(problem("<html/>").find("no CycloneDX"), std::string::npos);
  EXPECT_NE(problem("<bom xmlns=\"http://cyclonedx.org/schema/bom/1.1\"/>").find("specification '1.1'"),
            std::string::npos);
  EXPECT_NE(problem("<bom xmlns=\"http://cyclonedx.org/schema/bom/1.8\"/>").find("unsupported version"),
            std::string::npos);
  EXPECT_NE(problem("<!DOCTYPE bom><bom/>").find("document type declaration"), std::string::npos);
}

// The extension of 1.1 to 1.3 that told about vulnerabilities holds findings that are not read.
TEST(FormatsSbom, FindingsInAnExtensionAreNotReadOver) {
  const FactBatch batch = seen("cyclonedx",
                               "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.3\" "
                               "xmlns:v=\"http://cyclonedx.org/schema/ext/vulnerability/1.0\">"
                               "<components><component type=\"library\"><name>a</name><version>1</version>"
                               "<v:vulnerabilities/></component></components></bom>");
  ASSERT_EQ(batch.problems.size(), 1u);
  EXPECT_EQ(batch.problems[0].code, Errc::unsupported_version);
  EXPECT_EQ(batch.facts.of<Component>().size(), 1u);
}

TEST(FormatsSbom, SyntaxesOfSpdxThatAreNotReadAreNamed) {
  using namespace std::string_literals;
  for (const auto& [text, wanted] :
       {std::pair("<?xml version=\"1.0\"?><rdf:RDF/>"s, "XML"),
        std::pair("SPDXID: \"SPDXRef-DOCUMENT\"\nspdxVersion: \"SPDX-2.3\"\n"s, "YAML"),
        std::pair("\xFF\xFE{\0"s, "UTF-16"), std::pair("SPDXVersion: SPDX-2.1\n"s, "SPDX-2.1"),
        std::pair("{\"@context\": \"https://spdx.org/rdf/3.1.0/spdx-context.jsonld\", \"@graph\": []}"s, "3.1.0")}) {
    const FactBatch batch = seen("spdx", text);
    ASSERT_EQ(batch.problems.size(), 1u) << wanted;
    EXPECT_EQ(batch.problems[0].code, Errc::unsupported_version) << wanted;
    EXPECT_NE(batch.problems[0].what.find(wanted), std::string::npos) << batch.problems[0].what;
  }
}

TEST(FormatsSbom, TagsThatAreNotAsTheyMustBe) {
  const std::string whole = sample("spdx/packages.spdx");
  for (const auto& [from, to] :
       {std::pair("PackageVersion: 4.2.0", "PackageVersoin: 4.2.0"), std::pair("PackageVersion: 4.2.0", "what is this"),
        std::pair("PackageVersion: 4.2.0", "PackageVersion: 4.2.0\nPackageVersion: 4.2.1"),
        std::pair("SPDXID: SPDXRef-express\n", ""),
        std::pair("SPDXRef-express\nPackageVersion", "SPDXRef-shop\nPackageVersion"), std::pair("none</text>", "none"),
        std::pair("Relationship: SPDXRef-shop DEPENDS_ON SPDXRef-express", "Relationship: SPDXRef-shop"),
        std::pair("DEPENDS_ON SPDXRef-express", "DEPENDS_ON SPDXRef-nowhere"), std::pair("SHA256: 0F4E1A", "SHA256")}) {
    EXPECT_FALSE(is_complete(seen("spdx", replaced(whole, from, to)))) << from << " -> " << to;
  }
}

// A chain of components has paths whose lengths add up: the sum is capped, and said.
TEST(FormatsSbom, LongPathsAreCapped) {
  std::string components, dependencies;
  const int length = 4'000;
  for (int i = 0; i < length; ++i) {
    const std::string id = "component-with-a-name-" + std::to_string(i);
    components += ",{\"type\":\"library\",\"bom-ref\":\"" + id + "\",\"name\":\"" + id + "\"}";
    if (i + 1 < length) {
      dependencies +=
          ",{\"ref\":\"" + id + "\",\"dependsOn\":[\"component-with-a-name-" + std::to_string(i + 1) + "\"]}";
    }
  }
  const FactBatch batch = seen("cyclonedx", R"({"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":)" +
                                                components.substr(1, components.find('}')) + "},\"components\":[" +
                                                components.substr(components.find(',', components.find('}')) + 1) +
                                                "],\"dependencies\":[" + dependencies.substr(1) + "]}");
  EXPECT_TRUE(std::any_of(batch.problems.begin(), batch.problems.end(),
                          [](const Error& problem) { return problem.code == Errc::too_large; }));
}

}  // namespace
}  // namespace gate::formats
