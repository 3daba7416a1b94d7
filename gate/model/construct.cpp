#include "gate/model/construct.h"

#include <algorithm>
#include <iterator>

namespace gate::model {
namespace {

constexpr std::string_view names[] = {
    "asm",
    "bit_field",
    "c_style_cast",
    "case_range",
    "computed_goto",
    "const_cast",
    "delete",
    "digraph",
    "dynamic_cast",
    "dynamic_exception_specification",
    "goto",
    "new",
    "register",
    "reinterpret_cast",
    "statement_expression",
    "throw",
    "trigraph",
    "try",
    "typeid",
    "union",
    "using_namespace",
    "variable_length_array",
};
static_assert(std::is_sorted(std::begin(names), std::end(names)));

}  // namespace

std::span<const std::string_view> construct_names() { return names; }

bool is_construct(std::string_view name) { return std::binary_search(std::begin(names), std::end(names), name); }

}  // namespace gate::model
