#include "gate/crypto/digest.h"

#include <gtest/gtest.h>

namespace gate::crypto {
namespace {

TEST(CryptoDigest, KnownAnswersOfFips180) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  EXPECT_EQ(to_hex(sha512("abc")),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

TEST(CryptoDigest, InPiecesAsAWhole) {
  Sha256 hasher;
  for (const char* piece : {"a", "", "bc"}) hasher.update(piece);
  EXPECT_EQ(hasher.finish(), sha256("abc"));
}

TEST(CryptoDigest, KeyedKnownAnswersOfRfc4231) {
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

TEST(CryptoDigest, HexBothWays) {
  EXPECT_EQ(to_hex(std::string("\x00\x7f\xff", 3)), "007fff");
  EXPECT_EQ(from_hex("007FfF"), std::string("\x00\x7f\xff", 3));
  EXPECT_EQ(from_hex(""), "");
  for (const auto* bad : {"0", "0g", " 00", "0x00", "00\n"}) EXPECT_FALSE(from_hex(bad)) << bad;
}

TEST(CryptoDigest, Base64KnownAnswersOfRfc4648) {
  const std::pair<const char*, const char*> cases[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"fooba", "Zm9vYmE="},
                                                       {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, text] : cases) {
    EXPECT_EQ(to_base64(plain), text);
    EXPECT_EQ(from_base64(text), plain);
    std::string unpadded(text);
    unpadded.resize(unpadded.find_last_not_of('=') + 1);
    EXPECT_EQ(from_base64(unpadded), plain);
  }
}

TEST(CryptoDigest, Base64TakesEitherAlphabetButNotBoth) {
  const std::string bytes = "\xfb\xff\xfe\xfb\xef\xbe";
  EXPECT_EQ(from_base64("+//+++++"), bytes);
  EXPECT_EQ(from_base64("-__-----"), bytes);
  EXPECT_FALSE(from_base64("+__-----"));
  EXPECT_FALSE(from_base64("-//-++++"));
}

TEST(CryptoDigest, Base64IsStrict) {
  for (const auto* bad :
       {"Z",        "Zg=",   "Zg===",  "Zm9v=", "Zm9v==", "Zm9vY", "=",     "==",     "====", "Z===",       "Zm=v",
        "Zg==Zg==", "Zg ==", "Zg\n==", " Zg==", "Zh==",   "Zm9=",  "Zm 9v", "Zm9v\n", "Zm,v", "Z\xc3\xa4=="}) {
    EXPECT_FALSE(from_base64(bad)) << bad;
  }
  EXPECT_FALSE(from_base64(std::string_view("Zm9v\0", 5)));
}

TEST(CryptoDigest, Base64RoundTripOfEveryByteAndLength) {
  std::string bytes;
  for (int i = 0; i < 600; ++i) {
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes) << i;
    bytes += static_cast<char>(i * 37);
  }
}

}  // namespace
}  // namespace gate::crypto
