#include <cstdio>

#include "adapters/attest/attest.h"
#include "gate/app/app.h"
#include "gate/app/catalogue.h"

namespace gate::app {

int schema() {
  std::fputs(policy::schema(specs(), format_names(), attest::formats(), list_names()).c_str(), stdout);
  return 0;
}

}  // namespace gate::app
