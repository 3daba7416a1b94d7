#include "adapters/attest/dsse.h"

#include <gtest/gtest.h>

#include "tests/unit/attest_support.h"

namespace gate::attest {
namespace {

using test::envelope;
using test::in_toto_type;

const Place whole{{"a.dsse", "", ""}, 0};

Error refused(const std::string& json, const Place& place = whole) {
  const auto parsed = parse_envelope(json, place);
  EXPECT_FALSE(parsed) << json;
  return parsed ? Error{} : parsed.error();
}

// The vector of the specification (protocol.md), and lengths in bytes where a character has two (V32).
TEST(AttestDsse, PreAuthenticationEncoding) {
  EXPECT_EQ(pre_authentication_encoding("http://example.com/HelloWorld", "hello world"),
            "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  EXPECT_EQ(pre_authentication_encoding("\xc3\xa9", ""), "DSSEv1 2 \xc3\xa9 0 ");
  EXPECT_EQ(pre_authentication_encoding("", std::string(3, '\0')), "DSSEv1 0  3 " + std::string(3, '\0'));
}

TEST(AttestDsse, ReadsAnEnvelope) {
  const auto parsed = parse_envelope(envelope("{}", {"first", "second"}), whole);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->payload_type, in_toto_type);
  EXPECT_EQ(parsed->payload, "{}");
  EXPECT_EQ(parsed->signatures, (std::vector<std::string>{"first", "second"}));
}

TEST(AttestDsse, TakesBothBase64AlphabetsAndAMissingKeyid) {
  const auto text = [](const std::string& digits) {
    return R"({"payloadType":")" + in_toto_type + R"(","payload":")" + digits + R"(","signatures":[{"sig":"AA=="}]})";
  };
  const auto standard = parse_envelope(text("+/++"), whole), url_safe = parse_envelope(text("-_--"), whole);
  ASSERT_TRUE(standard);
  ASSERT_TRUE(url_safe);
  EXPECT_EQ(standard->payload, url_safe->payload);
  EXPECT_EQ(refused(text("+_--")).code, Errc::malformed);
  EXPECT_EQ(refused(text("+_--")).where.at, "/payload");
}

TEST(AttestDsse, RefusesOtherPayloadTypesBeforeThePayload) {
  for (const std::string type :
       {"application/json", "application/vnd.in-toto+JSON", "application/vnd.in-toto+json ", "",
        "application/vnd.dev.cosign.simplesigning.v1+json", "application/vnd.in-toto.slsa+json"}) {
    const Error error = refused(envelope("no json", {"x"}, type));
    EXPECT_EQ(error.code, Errc::unsupported_version) << type;
    EXPECT_EQ(error.where.at, "/payloadType");
  }
}

TEST(AttestDsse, NamesWhatIsMissing) {
  EXPECT_EQ(refused(envelope("{}", {})).code, Errc::empty);
  EXPECT_EQ(refused(envelope("{}", {})).where.at, "/signatures");
  EXPECT_EQ(refused(R"({"payload":"e30=","signatures":[{"sig":"AA=="}]})").code, Errc::malformed);
  EXPECT_EQ(refused(R"({"payloadType":")" + in_toto_type + R"(","signatures":[{"sig":"AA=="}]})").code,
            Errc::malformed);
  EXPECT_EQ(refused(R"({"payloadType":")" + in_toto_type + R"(","payload":"e30="})").code, Errc::malformed);
  EXPECT_EQ(
      refused(R"({"payloadType":")" + in_toto_type + R"(","payload":"e30=","signatures":[{"keyid":"a"}]})").where.at,
      "/signatures/0");
  EXPECT_EQ(
      refused(R"({"payloadType":")" + in_toto_type + R"(","payload":"e30=","signatures":[{"sig":"AA==","keyid":7}]})")
          .code,
      Errc::malformed);
  for (const char* bad : {"", "[]", "null", "7", "\"text\"", "{", "{}x"})
    EXPECT_EQ(refused(bad).code, Errc::malformed) << bad;
}

// V17, V20: limits, and members that stand twice, even where one is written with an escape.
TEST(AttestDsse, RefusesTooManySignaturesAndDuplicateMembers) {
  EXPECT_TRUE(parse_envelope(envelope("{}", std::vector<std::string>(64, "x")), whole));
  EXPECT_EQ(refused(envelope("{}", std::vector<std::string>(65, "x"))).code, Errc::too_large);
  EXPECT_EQ(refused(R"({"payload":"e30=","payload":"e30=","payloadType":"x","signatures":[]})").code, Errc::malformed);
  EXPECT_EQ(refused(R"({"payload":"e30=","pay\u006coad":"e30=","payloadType":"x","signatures":[]})").code,
            Errc::malformed);
  EXPECT_EQ(refused(R"({"Payload":"e30=","payloadType":")" + in_toto_type + R"(","signatures":[{"sig":"AA=="}]})").code,
            Errc::malformed);
}

TEST(AttestDsse, SaysThatSigstoreBundlesAreAnotherThing) {
  const Error error = refused(R"({"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","dsseEnvelope":{}})");
  EXPECT_EQ(error.code, Errc::unsupported_version);
  EXPECT_NE(error.what.find("Sigstore"), std::string::npos);
}

TEST(AttestDsse, PlacesInJsonLines) {
  const Place third{{"a.jsonl", "", ""}, 3};
  EXPECT_EQ(refused(envelope("{}", {}), third).where.at, "3:/signatures");
  EXPECT_EQ(refused("{\"a\":}", third).where.at.substr(0, 2), "3:");
  EXPECT_EQ(refused("{\"a\":}", third).where.at.find(':'), refused("{\"a\":}", third).where.at.rfind(':'));
}

TEST(AttestDsse, QuotesTextFromOutside) {
  EXPECT_EQ(quote("plain"), "'plain'");
  EXPECT_EQ(quote("a\x1b[31m\n"), "'a?[31m?'");
  EXPECT_LE(quote(std::string(5000, 'x')).size(), 130u);
  std::string accents;
  for (int i = 0; i < 100; ++i) accents += "\xc3\xa9";
  EXPECT_EQ(quote("x" + accents), "'x" + accents.substr(0, 118) + "…'");
}

}  // namespace
}  // namespace gate::attest
