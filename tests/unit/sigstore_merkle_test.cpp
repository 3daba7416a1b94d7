#include "gate/sigstore/merkle.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "gate/crypto/digest.h"
#include "gate/json/value.h"
#include "tests/unit/support.h"

namespace gate::sigstore {
namespace {

// transparency-dev/merkle's inclusion proofs, each with the answer that it must get.
TEST(SigstoreMerkle, PublishedProofs) {
  const std::string folder = test::data_dir() + "/merkle/inclusion";
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "no test data at " << folder;
  int good = 0, bad = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (file.path().extension() != ".json") continue;
    // Our reader has signed integers alone; cast back, -1 is the index that the file means.
    std::string text = test::read(file.path());
    constexpr std::string_view beyond = "18446744073709551615";
    if (const auto at = text.find(beyond); at != std::string::npos) text.replace(at, beyond.size(), "-1");
    const auto value = json::parse(text, file.path().string());
    ASSERT_TRUE(value) << file.path();
    const json::View view(*value, file.path().string());
    const auto index = view.integer("leafIdx"), size = view.integer("treeSize");
    const auto bytes = [&](const char* key) { return *crypto::from_base64(*view.text_or(key, "")); };
    const auto hashes = view.elements_or_none("proof");
    ASSERT_TRUE(index && size && hashes) << file.path();
    std::vector<std::string> proof;
    for (const json::View& hash : *hashes) proof.push_back(*crypto::from_base64(*hash.as_text()));
    const auto root =
        inclusion_root(static_cast<std::uint64_t>(*index), static_cast<std::uint64_t>(*size), bytes("leafHash"), proof);
    const bool refused = !root || *root != bytes("root"), wanted = *value->find("wantErr")->boolean();
    EXPECT_EQ(refused, wanted) << file.path();
    ++(wanted ? bad : good);
  }
  EXPECT_EQ(good + bad, 98);
  EXPECT_GT(good, 0);
  EXPECT_GT(bad, 0);
}

TEST(SigstoreMerkle, PlacesThatNoTreeHas) {
  const std::string leaf = leaf_hash("x"), hash(32, 'h');
  EXPECT_EQ(inclusion_root(0, 1, leaf, {}), leaf);
  EXPECT_FALSE(inclusion_root(0, 0, leaf, {}));
  EXPECT_FALSE(inclusion_root(1, 1, leaf, {}));
  EXPECT_FALSE(inclusion_root(0, 1, leaf, {hash}));
  EXPECT_FALSE(inclusion_root(0, 2, leaf, {hash.substr(1)}));
  EXPECT_FALSE(inclusion_root(0, 2, "short", {hash}));
  EXPECT_TRUE(inclusion_root(0, ~std::uint64_t{0}, leaf, std::vector<std::string>(64, hash)));
  EXPECT_FALSE(inclusion_root(~std::uint64_t{0}, ~std::uint64_t{0}, leaf, {}));
}

}  // namespace
}  // namespace gate::sigstore
