#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/cpp/facts_cache.h"
#include "tests/unit/workshop.h"

namespace gate::cpp {
namespace {

namespace fs = std::filesystem;

class CppFactsCache : public testing::Test {
 protected:
  CppFactsCache() {
    shop_.run("mkdir -p project/src elsewhere");
    write("project/src/a.c", "int a;\n");
    write("elsewhere/system.h", "int s;\n");
  }

  void write(const std::string& name, const std::string& bytes) { shop_.write(name, bytes); }
  std::string path(const std::string& name) const { return shop_.path(name); }

  CacheRequest request() const { return {.folder = path("cache"), .key = {}, .save = true}; }
  Paths paths(const std::string& root = "project") const { return *Paths::open(path(root)); }

  std::vector<Input> inputs() const {
    return {look(path("project/src/a.c"), Seen::file), look(path("elsewhere/system.h"), Seen::file),
            look(path("project/src/config.h"), Seen::file), look(path("project/src"), Seen::folder),
            look(path("elsewhere"), Seen::listing)};
  }

  void keep(const std::string& key = std::string(32, 'k'), const std::string& report = "facts") {
    const Paths root = paths();
    FactsCache cache(request(), root);
    cache.keep(key, inputs(), report);
    ASSERT_TRUE(cache.save());
  }

  std::optional<std::string> find(const CacheRequest& wanted, const std::string& root = "project",
                                  const std::string& key = std::string(32, 'k')) const {
    const Paths known = paths(root);
    return FactsCache(wanted, known).find(key);
  }
  std::optional<std::string> find() const { return find(request()); }

  std::vector<fs::path> packs() const {
    std::vector<fs::path> found;
    if (!fs::exists(path("cache"))) return found;
    for (const auto& file : fs::directory_iterator(path("cache"))) found.push_back(file.path());
    std::sort(found.begin(), found.end());
    return found;
  }

  test::Workshop shop_;
};

TEST_F(CppFactsCache, FindsWhatWasKept) {
  EXPECT_EQ(find(), std::nullopt);
  keep();
  EXPECT_EQ(find(), "facts");
  EXPECT_EQ(find(request(), "project", std::string(32, 'x')), std::nullopt);
  EXPECT_EQ(packs().size(), 1u);
}

TEST_F(CppFactsCache, TheContentDecidesAndNotTheTime) {
  keep();
  fs::last_write_time(path("project/src/a.c"), fs::file_time_type::clock::now() + std::chrono::hours{1});
  EXPECT_EQ(find(), "facts");
  write("project/src/a.c", "int b;\n");
  EXPECT_EQ(find(), std::nullopt);
  write("project/src/a.c", "int a;\n");
  EXPECT_EQ(find(), "facts");
}

TEST_F(CppFactsCache, EveryKindOfInputCounts) {
  const std::pair<const char*, const char*> changes[] = {
      {"echo >> elsewhere/system.h", "a file outside"},
      {"touch project/src/config.h", "what was absent appears"},
      {"mkdir project/src/config.h", "as a folder as well"},
      {"rm project/src/a.c", "a file goes"},
      {"rm project/src/a.c && mkdir project/src/a.c", "a file becomes a folder"},
      {"touch elsewhere/another.h", "a listed folder has another name in it"},
      {"mv elsewhere gone", "a listed folder goes"},
  };
  for (const auto& [change, what] : changes) {
    keep();
    ASSERT_EQ(find(), "facts");
    shop_.run("rm -rf saved && cp -a project saved && cp -a elsewhere saved-elsewhere");
    shop_.run(change);
    EXPECT_EQ(find(), std::nullopt) << what;
    shop_.run("rm -rf project elsewhere gone && mv saved project && mv saved-elsewhere elsewhere");
  }
}

TEST_F(CppFactsCache, ServesAnotherCheckout) {
  keep();
  shop_.run("cp -a project checkout");
  EXPECT_EQ(find(request(), "checkout"), "facts");
  write("checkout/src/a.c", "int b;\n");
  EXPECT_EQ(find(request(), "checkout"), std::nullopt);
  EXPECT_EQ(shop_.read(fs::relative(packs()[0], shop_.folder()).string()).find(path("project")), std::string::npos)
      << "the project's place is in the pack";
}

TEST_F(CppFactsCache, TornAndEditedPacksCountAsNotThere) {
  keep();
  const fs::path pack = packs()[0];
  const std::string name = fs::relative(pack, shop_.folder()).string();
  const std::string bytes = shop_.read(name);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    write(name, bytes.substr(0, size));
    ASSERT_EQ(find(), std::nullopt) << size;
  }
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string edited = bytes;
    edited[at] = static_cast<char>(edited[at] ^ 1);
    write(name, edited);
    ASSERT_EQ(find(), std::nullopt) << at;
  }
  write(name, bytes + "x");
  EXPECT_EQ(find(), std::nullopt);
  write(name, bytes);
  EXPECT_EQ(find(), "facts");
}

TEST_F(CppFactsCache, WithASecretOnlyItsPacksCount) {
  CacheRequest secret = request();
  secret.key = "a secret of the CI";
  keep();
  EXPECT_EQ(find(secret), std::nullopt) << "anybody can make a pack without a secret";
  const Paths root = paths();
  FactsCache cache(secret, root);
  EXPECT_EQ(cache.ignored().size(), 1u);
  cache.keep(std::string(32, 'k'), inputs(), "facts");
  ASSERT_TRUE(cache.save());
  EXPECT_EQ(find(secret), "facts");
  EXPECT_EQ(find(), std::nullopt);
  secret.key = "another secret";
  EXPECT_EQ(find(secret), std::nullopt);
}

TEST_F(CppFactsCache, PacksOfSeveralShardsServeTogetherAndBecomeOne) {
  keep(std::string(32, '1'), "first");
  shop_.run("mv cache one");
  keep(std::string(32, '2'), "second");
  shop_.run("cp one/* cache/");
  EXPECT_EQ(packs().size(), 2u);
  {
    const Paths root = paths();
    FactsCache cache(request(), root);
    EXPECT_EQ(cache.find(std::string(32, '1')), "first");
    EXPECT_EQ(cache.find(std::string(32, '2')), "second");
    ASSERT_TRUE(cache.save());
  }
  EXPECT_EQ(packs().size(), 1u);
  EXPECT_EQ(find(request(), "project", std::string(32, '1')), "first");
  EXPECT_EQ(find(request(), "project", std::string(32, '2')), "second");
}

TEST_F(CppFactsCache, NothingIsWrittenWhereNothingIsNewOrReadingIsAllThatIsAllowed) {
  keep();
  const auto before = fs::last_write_time(packs()[0]);
  {
    const Paths root = paths();
    FactsCache cache(request(), root);
    EXPECT_TRUE(cache.find(std::string(32, 'k')));
    ASSERT_TRUE(cache.save());
  }
  EXPECT_EQ(fs::last_write_time(packs()[0]), before);
  CacheRequest reading = request();
  reading.save = false;
  const Paths root = paths();
  FactsCache cache(reading, root);
  cache.keep(std::string(32, 'n'), inputs(), "new");
  ASSERT_TRUE(cache.save());
  EXPECT_EQ(fs::last_write_time(packs()[0]), before);
}

TEST_F(CppFactsCache, WhatNoRunAskedForGoesFirst) {
  CacheRequest small = request();
  small.most_bytes = 2500;
  const std::string report(1000, 'r');
  for (const char name : {'1', '2', '3'}) {
    const Paths root = paths();
    FactsCache cache(small, root);
    if (name == '3') {
      EXPECT_TRUE(cache.find(std::string(32, '1')));
    }
    cache.keep(std::string(32, name), inputs(), report);
    ASSERT_TRUE(cache.save());
  }
  EXPECT_TRUE(find(small, "project", std::string(32, '1'))) << "asked for in the last run";
  EXPECT_FALSE(find(small, "project", std::string(32, '2')));
  EXPECT_TRUE(find(small, "project", std::string(32, '3')));
}

TEST_F(CppFactsCache, SameEntriesSameBytes) {
  keep(std::string(32, '1'));
  const std::string once = packs()[0].filename();
  shop_.run("rm -r cache");
  keep(std::string(32, '1'));
  EXPECT_EQ(packs()[0].filename(), once);
}

TEST_F(CppFactsCache, AFolderThatCannotBeWrittenIsTold) {
  write("cache", "a file");
  const Paths root = paths();
  FactsCache cache(request(), root);
  cache.keep(std::string(32, 'k'), inputs(), "facts");
  EXPECT_FALSE(cache.save());
}

}  // namespace
}  // namespace gate::cpp
