#include <gtest/gtest.h>

#include "gate/xml/element.h"

namespace gate::xml {
namespace {

Error refused(std::string_view bytes, const Limits& limits = {}) {
  const auto element = parse(bytes, "a.xml", limits);
  return element ? Error{Errc::internal, "was read", {}} : element.error();
}

TEST(XmlReader, ElementsWithNamespacesTextAndPlaces) {
  const auto root = parse(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- c --><b xmlns=\"urn:x\" v=\"1\" y:v=\"2\" xmlns:y=\"urn:y\">\n"
      "  <c>one<![CDATA[<two>]]>&amp;&#x33;</c><y:d/></b>\n",
      "a.xml");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->space, "urn:x");
  EXPECT_EQ(root->name, "b");
  ASSERT_TRUE(root->attribute("v"));
  EXPECT_EQ(*root->attribute("v"), "1");
  EXPECT_EQ(root->attribute("w"), nullptr);
  ASSERT_EQ(root->children.size(), 2u);
  EXPECT_EQ(root->children[0].text, "one<two>&3");
  EXPECT_EQ(root->children[0].place(), "3:3");
  EXPECT_EQ(root->children[1].space, "urn:y");
}

TEST(XmlReader, AnElementOfNoNamespaceHasNone) {
  const auto root = parse("<a/>", "a.xml");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->space, "");
}

TEST(XmlReader, NoDocumentTypeIsFollowed) {
  const Error laughs =
      refused("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>");
  EXPECT_EQ(laughs.code, Errc::malformed);
  EXPECT_NE(laughs.what.find("document type declaration"), std::string::npos);
  for (const char* text : {"<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", "<!DOCTYPE a><a/>",
                           "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
                           "<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://example.org/x.dtd\"> %x;]><a/>"}) {
    EXPECT_NE(refused(text).what.find("document type declaration"), std::string::npos) << text;
  }
  EXPECT_EQ(refused("<a>&unknown;</a>").code, Errc::malformed);
}

TEST(XmlReader, WhatIsNotWellFormedIsRefused) {
  using namespace std::string_view_literals;
  for (const std::string_view text :
       {" "sv, "a"sv, "<a>"sv, "<a></b>"sv, "<a/><b/>"sv, "<a/>x"sv, "<a b=\"1\" b=\"2\"/>"sv, "<a b=1/>"sv, "<y:a/>"sv,
        "<abc>\0</abc>"sv, "<abc>\x01</a>"sv, "<a>\xFF</a>"sv, "<a>\xC0\x80</a>"sv, "<a>&#0;</a>"sv, "<a>]]></a>"sv,
        "<a>&#xD800;</a>"sv, "<a b=\"<\"/>"sv, "<a><!-- -- --></a>"sv, "<a xmlns:x=\"\"/>"sv}) {
    EXPECT_EQ(refused(text).code, Errc::malformed) << text;
  }
  EXPECT_EQ(refused("").code, Errc::empty);
  EXPECT_EQ(refused("<a>\n <b></a>").where.at, "2:7");
  EXPECT_EQ(refused("<a>\n <b></a>").where.artifact, "a.xml");
}

TEST(XmlReader, EachPartOfADocumentIsRefused) {
  const std::string text = "<?xml version=\"1.0\"?><a b=\"c\"><d>e&lt;</d><![CDATA[f]]></a>";
  ASSERT_TRUE(parse(text, "a.xml"));
  for (std::size_t size = 0; size < text.size(); ++size) EXPECT_FALSE(parse(text.substr(0, size), "a.xml")) << size;
}

TEST(XmlReader, Encodings) {
  EXPECT_TRUE(parse("\xEF\xBB\xBF<a>\xC3\xA9</a>", "a.xml"));
  EXPECT_TRUE(parse("<?xml version=\"1.0\" encoding=\"us-ascii\"?><a/>", "a.xml"));
  using namespace std::string_view_literals;
  EXPECT_EQ(refused("\xFF\xFE<\0a\0/\0>\0"sv).code, Errc::unsupported_version);
  EXPECT_EQ(refused("\xFE\xFF\0<\0a\0/\0>"sv).code, Errc::unsupported_version);
  EXPECT_EQ(refused("<\0a\0/\0>\0"sv).code, Errc::unsupported_version);
  EXPECT_EQ(refused("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>").code, Errc::unsupported_version);
  EXPECT_EQ(refused("<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>").code, Errc::unsupported_version);
  EXPECT_EQ(refused("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>").code, Errc::unsupported_version);
  EXPECT_EQ(refused("<?xml version=\"1.1\"?><a/>").code, Errc::unsupported_version);
}

TEST(XmlReader, Limits) {
  const auto nested = [](std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += "<a>";
    for (std::size_t i = 0; i < depth; ++i) text += "</a>";
    return text;
  };
  EXPECT_TRUE(parse(nested(64), "a.xml"));
  EXPECT_EQ(refused(nested(65)).code, Errc::too_large);
  EXPECT_EQ(refused(nested(1'000'000)).code, Errc::too_large);

  const std::string longest(64u << 10, 'x');
  EXPECT_TRUE(parse("<a b=\"" + longest + "\"/>", "a.xml"));
  EXPECT_EQ(refused("<a b=\"" + longest + "x\"/>").code, Errc::too_large);

  std::string attributes;
  for (int i = 0; i < 64; ++i) attributes += " a" + std::to_string(i) + "=\"\"";
  EXPECT_TRUE(parse("<a" + attributes + "/>", "a.xml"));
  EXPECT_EQ(refused("<a" + attributes + " b=\"\"/>").code, Errc::too_large);

  EXPECT_TRUE(parse("<a><b/></a>", "a.xml", {.elements = 2}));
  EXPECT_EQ(refused("<a><b/><b/></a>", {.elements = 2}).code, Errc::too_large);
  EXPECT_EQ(refused("<a></a>", {.bytes = 6}).code, Errc::too_large);
}

}  // namespace
}  // namespace gate::xml
