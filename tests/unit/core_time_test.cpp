#include <gtest/gtest.h>

#include "gate/core/time.h"

namespace gate {
namespace {

TEST(Time, ReadsDates) {
  EXPECT_EQ(format(*parse_date("2027-01-31")), "2027-01-31");
  EXPECT_EQ(format(*parse_date("2028-02-29")), "2028-02-29");
  for (const char* bad : {"", "2027-02-29", "2027-13-01", "2027-00-10", "2027-1-31", "27-01-31", "2027-01-31 ",
                          " 2027-01-31", "2027/01/31", "2027-01-31T00:00:00Z", "+027-01-31", "2027-01-3x"}) {
    EXPECT_FALSE(parse_date(bad)) << bad;
  }
}

TEST(Time, ReadsInstants) {
  EXPECT_EQ(format(*parse_instant("2026-11-23T04:05:06Z")), "2026-11-23T04:05:06Z");
  EXPECT_EQ(format(*parse_instant("2026-11-23t04:05:06.987654321z")), "2026-11-23T04:05:06Z");
  EXPECT_EQ(format(*parse_instant("2026-11-23T04:05:06+09:00")), "2026-11-22T19:05:06Z");
  EXPECT_EQ(format(*parse_instant("2026-12-31T23:30:00-01:30")), "2027-01-01T01:00:00Z");
  for (const char* bad :
       {"", "2026-11-23", "2026-11-23T04:05:06", "2026-11-23 04:05:06Z", "2026-11-23T24:00:00Z", "2026-11-23T04:60:06Z",
        "2026-11-23T04:05:61Z", "2026-11-23T04:05:06.Z", "2026-11-23T04:05:06+9:00", "2026-11-23T04:05:06+09:60",
        "2026-11-23T04:05:06Zjunk", "2026-02-30T04:05:06Z"}) {
    EXPECT_FALSE(parse_instant(bad)) << bad;
  }
}

TEST(Time, ReadsDurations) {
  EXPECT_EQ(parse_duration("7d"), std::chrono::days{7});
  EXPECT_EQ(parse_duration("12h"), std::chrono::hours{12});
  EXPECT_EQ(parse_duration("30m"), std::chrono::minutes{30});
  EXPECT_EQ(parse_duration("90s"), std::chrono::seconds{90});
  for (const char* bad : {"", "d", "7", "-7d", "+7d", "7 d", "7D", "7days", "1.5d", "999999999d", "7w"}) {
    EXPECT_FALSE(parse_duration(bad)) << bad;
  }
}

TEST(Time, WritesDurationsInTheLargestUnit) {
  for (const char* text : {"7d", "36h", "30m", "90s"}) EXPECT_EQ(format_duration(*parse_duration(text)), text);
  EXPECT_EQ(format_duration(*parse_duration("24h")), "1d");
}

}  // namespace
}  // namespace gate
