#include <gtest/gtest.h>

#include "gate/model/license_ids.h"

namespace gate::model {
namespace {

TEST(LicenseIds, AreThoseOfTheList) {
  for (const char* id :
       {"0BSD", "MIT", "Apache-2.0", "GPL-2.0", "GPL-2.0-only", "Classpath-exception-2.0", "zlib-acknowledgement"}) {
    EXPECT_TRUE(is_spdx_license(id)) << id;
  }
  for (const char* id : {"", "Apache-2", "apache-2.0", "MIT OR Apache-2.0", "LicenseRef-1", "zzz"}) {
    EXPECT_FALSE(is_spdx_license(id)) << id;
  }
}

}  // namespace
}  // namespace gate::model
