// What compilers and the C library's headers make of calls, so that a binary imports a function that no source names.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gate::model {

// The C functions whose calls may end as calls of `function`: sprintf(d, "%s", s) becomes strcpy(d, s). Sorted. A
// leading "std::" or "::" of `function` does not matter.
std::span<const std::string_view> call_origins(std::string_view function);

// Whether compilers call the function by themselves, for a struct's copy or a loop: memcpy, memset and their like.
bool called_by_compilers(std::string_view function);

}  // namespace gate::model
