// Globs over a real folder.
#include <gtest/gtest.h>

#include "gate/host/host.h"
#include "tests/unit/workshop.h"

namespace gate::host {
namespace {

using Paths = std::vector<std::string>;

class FindFiles : public testing::Test {
 protected:
  FindFiles() {
    shop_.run("mkdir -p build/sub/deep build/x.o other && touch build/a.o build/b.c build/sub/c.o build/sub/deep/d.o");
    shop_.run("ln -s ../other build/link && touch other/e.o && ln -s a.o build/f.o && ln -s nowhere build/g.o");
    started_in_ = working_directory();
    EXPECT_TRUE(enter(shop_.folder()));
  }
  ~FindFiles() override { EXPECT_TRUE(enter(started_in_)); }

  static Paths found(const std::string& glob) {
    const auto files = find_files(glob, 100);
    EXPECT_TRUE(files) << describe(files.error());
    return files ? *files : Paths{};
  }
  static std::string_view failure(const std::string& glob, std::size_t most = 100) {
    const auto files = find_files(glob, most);
    return files ? "none" : name(files.error().code);
  }

  test::Workshop shop_;
  std::string started_in_;
};

TEST_F(FindFiles, GivesWhatMatchesSorted) {
  EXPECT_EQ(found("build/**/*.o"),
            (Paths{"build/a.o", "build/f.o", "build/g.o", "build/sub/c.o", "build/sub/deep/d.o"}));
  EXPECT_EQ(found("build/*.o"), (Paths{"build/a.o", "build/f.o", "build/g.o"})) << "no folder of that name";
  EXPECT_EQ(found("**/d.?"), Paths{"build/sub/deep/d.o"});
  EXPECT_EQ(found("build/sub/*"), Paths{"build/sub/c.o"});
}

TEST_F(FindFiles, TakesAPathAsItIs) {
  EXPECT_EQ(found("build/a.o"), Paths{"build/a.o"});
  EXPECT_EQ(found("build/missing.o"), Paths{"build/missing.o"}) << "its reader tells that it is missing";
}

TEST_F(FindFiles, NeverGivesAnEmptyOrAShortenedAnswer) {
  EXPECT_EQ(failure("build/*.none"), name(Errc::empty));
  EXPECT_EQ(failure("nowhere/*.o"), name(Errc::not_found));
  EXPECT_EQ(failure("build/**/*.o", 4), name(Errc::too_large));
  EXPECT_EQ(failure("build/**/*.o", 5), "none");
}

}  // namespace
}  // namespace gate::host
