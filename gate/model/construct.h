// Parts of the C and C++ languages that a policy can ban by name: a closed vocabulary.
#pragma once

#include <span>
#include <string_view>

namespace gate::model {

// A construct counts where the project's own code writes it, not where a macro of others does.
//   asm                     a statement or a declaration of assembly; not the label that names a symbol
//   bit_field               a member with a width in bits
//   c_style_cast            (T)x in C++, but for a cast to void
//   case_range              case 1 ... 3
//   computed_goto           goto *label, which is a goto as well
//   const_cast, dynamic_cast, reinterpret_cast
//   delete, new             the expressions
//   digraph                 <: :> <% %> %: %:%:
//   dynamic_exception_specification   throw(…) behind a function's parameters; noexcept is none
//   goto
//   register                the storage class
//   statement_expression    ({ … })
//   throw, try, typeid
//   trigraph                ??= and its like, where the language has them
//   union                   the definition of one
//   using_namespace         the directive
//   variable_length_array   an array whose bound is no constant; not a parameter, which is a pointer
std::span<const std::string_view> construct_names();  // sorted
bool is_construct(std::string_view name);

}  // namespace gate::model
