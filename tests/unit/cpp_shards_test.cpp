#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "adapters/cpp/shard_file.h"
#include "adapters/cpp/shards.h"
#include "adapters/cpp/split.h"
#include "gate/crypto/digest.h"

namespace gate::cpp {
namespace {

const Terms terms{"tool", "19", "policy", "commit", "range", "build"};
const Database database{{"build/compile_commands.json", "00", {}}, 2};

SourceUse use_at(const std::string& file) {
  SourceUse use;
  use.name = use.written = "strcpy";
  use.at = {file, 3, 5};
  use.macro = "COPY";
  use.spelled = {"macro.h", 1, 14};
  use.origin = {file, {}, "3:5"};
  return use;
}

UnitReport report() {
  UnitReport report;
  report.uses = {use_at("shared.h"), use_at("src/\xC3\xA9\".c")};
  report.allowances = {
      {"code/banned-function", "2027-01-31", "fits", {"shared.h", 3, 1}, 3, 4, {}, {"shared.h", {}, {}}}};
  report.stage = Stage::classified;
  return report;
}

// Three units: the first and the last are of shard 1, the other is of shard 2.
ShardFile shard(int index) {
  ShardFile file{{index, 2}, terms, false, {database, {{Errc::malformed, "entry 7", {"x", {}, "/7"}}}, {}, {}}};
  file.part.units = {{"a.c", "f1", 1, true}, {"b.c", "f2", 2, true}, {"c.c", "f3", 1, false}};
  file.part.reports.resize(3);
  for (std::size_t i = 0; i < 3; ++i) {
    if (file.part.units[i].shard == index) file.part.reports[i] = report();
  }
  return file;
}

Document document(const ShardFile& file, std::string_view key = {}) {
  return {encode_shard(file, key), {std::to_string(file.shard.index) + ".gate-shard", "11", {}}};
}

// With a digest that fits, as one would who knows the format.
Document with_content(const std::string& content) {
  return {"gate shard 1\n" + crypto::sha256_hex(content) + "\n" + content, {"forged", {}, {}}};
}
std::string content_of(const Document& document) { return document.bytes.substr(document.bytes.find('{')); }

std::string causes(const std::vector<Document>& files, const Terms& own = terms) {
  const Joined joined = join_shards(files, own, {});
  std::string all;
  for (const Error& problem : joined.batch.problems) all += describe(problem) + "\n";
  for (const auto& [kind, coverage] : joined.batch.coverage) {
    if (coverage != Coverage::absent) return "seen: " + all;
  }
  EXPECT_TRUE(joined.batch.facts.of<SourceUse>().empty());
  return all;
}

TEST(CppSplit, EveryUnitHasOneShardAndLoadsAreEven) {
  std::vector<std::uint64_t> costs(1000);
  for (std::size_t i = 0; i < costs.size(); ++i) costs[i] = 1 + (i * 7919) % 1000;
  for (const int shards : {1, 2, 3, 16, 256}) {
    std::vector<std::uint64_t> loads(static_cast<std::size_t>(shards) + 1);
    const auto split = split_by_cost(costs, shards);
    ASSERT_EQ(split.size(), costs.size());
    for (std::size_t i = 0; i < split.size(); ++i) loads.at(static_cast<std::size_t>(split[i])) += costs[i];
    EXPECT_EQ(loads[0], 0u);
    const auto [least, most] = std::minmax_element(loads.begin() + 1, loads.end());
    EXPECT_LE(*most - *least, 1000u) << shards;
  }
}

TEST(CppSplit, OneDearUnitHasAShardToItself) {
  EXPECT_EQ(split_by_cost({1, 1, 9, 1}, 2), (std::vector<int>{2, 2, 1, 2}));
  EXPECT_EQ(split_by_cost({5, 5, 5}, 3), (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(split_by_cost({}, 3), std::vector<int>{});
  EXPECT_EQ(split_by_cost({5}, 3), std::vector<int>{1});
}

TEST(CppSplit, LanguageCountsAndASourceThatIsNotThere) {
  const Unit c{.file = "/none.c", .language = "c"}, cpp{.file = "/none.cpp", .language = "c++"};
  EXPECT_GT(cost_of(c), 0u);
  EXPECT_GT(cost_of(cpp), cost_of(c));
}

TEST(CppShards, Names) {
  EXPECT_EQ(parse_shard("2/3"), (Shard{2, 3}));
  EXPECT_EQ(parse_shard("256/256"), (Shard{256, 256}));
  for (const auto* wrong :
       {"", "/", "1", "0/1", "2/1", "1/257", "+1/2", " 1/2", "1/2 ", "1/2/3", "99999999999/99999999999"})
    EXPECT_EQ(parse_shard(wrong), std::nullopt) << wrong;
}

TEST(CppShards, WhatIsWrittenIsRead) {
  const Document written = document(shard(1));
  const auto read = decode_shard(written, {});
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(encode_shard(*read, {}), written.bytes);
  EXPECT_EQ(read->part.units, shard(1).part.units);
  EXPECT_FALSE(read->part.reports[1]);
}

TEST(CppShards, JoinedFactsAreThoseOfOnePart) {
  Part whole = shard(1).part;
  for (auto& unit : whole.units) unit.shard = 1;
  whole.reports[1] = report();
  const FactBatch one = facts_of(std::move(whole));
  const Joined joined = join_shards({document(shard(2)), document(shard(1))}, terms, {});
  EXPECT_EQ(joined.databases, std::vector{database});
  EXPECT_EQ(joined.batch.problems, one.problems);
  EXPECT_EQ(joined.batch.coverage, one.coverage);
  const auto& uses = joined.batch.facts.of<SourceUse>();
  ASSERT_EQ(uses.size(), 2u);
  EXPECT_EQ(uses[0].units, 3);  // a place in a header that three units see
  EXPECT_EQ(joined.batch.facts.of<Allowance>().size(), 1u);
  EXPECT_EQ(joined.batch.facts.of<TranslationUnit>().size(), 2u);  // c.c was compiled with what was not followed
}

TEST(CppShards, AUnitThatWasLeftOutIsAProblem) {
  ShardFile first = shard(1);
  first.part.reports[0].reset();
  const Joined joined = join_shards({document(first), document(shard(2))}, terms, {});
  EXPECT_EQ(joined.batch.coverage.at(FactKind::source_use), Coverage::partial);
}

TEST(CppShards, EachTermHasToBeTheSame) {
  std::size_t fields = 0;
  Terms::fields(terms, [&](std::string_view, const std::string&) { ++fields; });
  for (std::size_t changed = 0; changed < fields; ++changed) {
    ShardFile second = shard(2);
    std::size_t i = 0;
    std::string name;
    Terms::fields(second.terms, [&](std::string_view field, std::string& text) {
      if (i++ != changed) return;
      text += "x";
      name = field;
    });
    const std::string why = causes({document(shard(1)), document(second)});
    EXPECT_NE(why.find("2.gate-shard: wrong subject: shard 2 of 2 has another " + name), std::string::npos) << why;
  }
}

TEST(CppShards, WithoutACommitNothingIsJoined) {
  Terms nowhere = terms;
  nowhere.commit.clear();
  ShardFile one = shard(1), two = shard(2);
  one.terms = two.terms = nowhere;
  EXPECT_NE(causes({document(one), document(two)}, nowhere).find("no commit is known"), std::string::npos);
}

TEST(CppShards, MissingTwiceAndNone) {
  EXPECT_NE(causes({}).find("no shard"), std::string::npos);
  EXPECT_NE(causes({document(shard(2))}).find("shard 1 of 2 is missing"), std::string::npos);
  EXPECT_NE(causes({document(shard(1)), document(shard(2)), document(shard(1))}).find("there twice"),
            std::string::npos);
}

TEST(CppShards, OtherUnitsOrAnotherSplit) {
  const auto with = [](const auto& change) {
    ShardFile second = shard(2);
    change(second.part);
    return causes({document(shard(1)), document(second)});
  };
  EXPECT_NE(with([](Part& part) { part.units[0].command = "f9"; }).find("from a.c on"), std::string::npos);
  EXPECT_NE(with([](Part& part) { part.units[2].followed = true; }).find("from c.c on"), std::string::npos);
  EXPECT_NE(with([](Part& part) { part.units.pop_back(), part.reports.pop_back(); }).find("fewer"), std::string::npos);
  EXPECT_NE(with([](Part& part) {  // both judged it
              part.units[0].shard = 2;
              part.reports[0] = report();
            })
                .find("from a.c on"),
            std::string::npos);
  EXPECT_NE(with([](Part& part) { part.problems.clear(); }).find("otherwise"), std::string::npos);
  EXPECT_NE(with([](Part& part) { part.database.origin.artifact = "x"; }).find("another compile"), std::string::npos);
}

TEST(CppShards, EveryTornOrChangedByteIsSeen) {
  const Document good = document(shard(1));
  for (std::size_t size = 0; size < good.bytes.size(); ++size)
    EXPECT_FALSE(decode_shard({good.bytes.substr(0, size), {}}, {})) << size;
  for (std::size_t i = 0; i < good.bytes.size(); ++i) {
    Document changed = good;
    changed.bytes[i] = static_cast<char>(changed.bytes[i] ^ 1);
    EXPECT_FALSE(decode_shard(changed, {})) << i;
  }
  EXPECT_FALSE(decode_shard({good.bytes + "\n", {}}, {}));
}

TEST(CppShards, AKeyTellsForgedFromTorn) {
  const std::string key = "0123456789abcdef";
  EXPECT_TRUE(decode_shard(document(shard(1), key), key));
  EXPECT_FALSE(decode_shard(document(shard(1), key), {}));
  EXPECT_FALSE(decode_shard(document(shard(1)), key));
  EXPECT_FALSE(decode_shard(document(shard(1), key), "fedcba9876543210"));
}

TEST(CppShards, AFittingDigestDoesNotHelpWhatIsNoShard) {
  const std::string good = content_of(document(shard(1)));
  ASSERT_TRUE(decode_shard(with_content(good), {}));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string content = good;
    const std::size_t at = content.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return bool(decode_shard(with_content(content.replace(at, from.size(), to)), {}));
  };
  EXPECT_FALSE(with("\"index\":1", "\"index\":0"));
  EXPECT_FALSE(with("\"index\":1", "\"index\":2"));
  EXPECT_FALSE(with("\"count\":2", "\"count\":257"));
  EXPECT_FALSE(with("\"count\":2", "\"count\":-1"));
  EXPECT_FALSE(with("\"shard\":2", "\"shard\":3"));
  EXPECT_FALSE(with("\"shard\":2", "\"shard\":1"));
  EXPECT_FALSE(with("\"unclean\":false", "\"unclean\":null"));
  EXPECT_FALSE(with("\"units\":1", "\"units\":9223372036854775807"));
  EXPECT_FALSE(with("\"stage\":2", "\"stage\":9"));
  EXPECT_FALSE(with("\"bytes\":2", "\"bytes\":-2"));
  EXPECT_FALSE(with("\"commit\":\"commit\",", ""));
  EXPECT_FALSE(with("\"reports\":[", "\"reports\":[null,"));
  EXPECT_FALSE(decode_shard(with_content("[]\n"), {}));
  EXPECT_FALSE(decode_shard(with_content(good + good), {}));
}

}  // namespace
}  // namespace gate::cpp
