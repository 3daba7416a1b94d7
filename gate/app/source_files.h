// The project's C and C++ files.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "gate/app/project.h"

namespace gate::app {

// By its name: a source or a header of C or C++.
bool is_source_file(const std::string& path);

// Those that git tracks and that no unit read, sorted. Empty without a repository, where nobody says what is the
// project's.
std::vector<std::string> unread_source_files(const Project& project, const std::set<std::string>& read);

}  // namespace gate::app
