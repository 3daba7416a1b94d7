// A framework of practices and tasks (NIST SSDF and the like), as data in policies/frameworks/.
#pragma once

#include <string>
#include <vector>

#include "gate/core/rule.h"

namespace gate {

enum class Reach { direct, partial, none };  // what a pipeline can show of a task by itself

struct FrameworkTask {
  std::string id;  // "PW.5.1"
  Reach reach = Reach::none;
  Bilingual text;  // our own paraphrase
};

struct FrameworkPractice {
  std::string id;  // "PW.5"
  Bilingual text;
  std::vector<FrameworkTask> tasks;
};

struct Framework {
  std::string id;  // "ssdf-1.1"
  std::string title;
  std::string source;  // the publication
  std::vector<FrameworkPractice> practices;
};

}  // namespace gate
