#include <gtest/gtest.h>
#include <sys/stat.h>

#include <thread>

#include "gate/host/host.h"
#include "tests/unit/workshop.h"

namespace gate::host {
namespace {

TEST(HostWrite, MakesFoldersAndReplacesWhole) {
  const test::Workshop shop;
  const std::string path = shop.path("a/b/report.json");
  ASSERT_TRUE(write_file(path, "first, and longer"));
  ASSERT_TRUE(write_file(path, "second"));
  EXPECT_EQ(shop.read("a/b/report.json"), "second");
  EXPECT_EQ(shop.run("ls -A a/b"), "report.json") << "nothing is left beside it";
}

TEST(HostWrite, LeavesNothingWhereItFails) {
  const test::Workshop shop;
  shop.run("mkdir folder && touch folder/inside");
  EXPECT_FALSE(write_file(shop.path("folder"), "text"));
  EXPECT_EQ(shop.run("ls -A"), "folder");
}

// As root, a rename would put a plain file where /dev/null was, for every program of the machine.
TEST(HostWrite, PipesAndDevicesStayWhatTheyAre) {
  const test::Workshop shop;
  shop.run("mkfifo pipe");
  std::string received;
  std::thread reader([&] { received = shop.read("pipe"); });
  const Status written = write_file(shop.path("pipe"), "through");
  struct stat seen{};
  ASSERT_EQ(::stat(shop.path("pipe").c_str(), &seen), 0);
  if (!S_ISFIFO(seen.st_mode)) {
    reader.detach();
    FAIL() << "the pipe was replaced";
  }
  reader.join();
  EXPECT_TRUE(written);
  EXPECT_EQ(received, "through");
}

}  // namespace
}  // namespace gate::host
