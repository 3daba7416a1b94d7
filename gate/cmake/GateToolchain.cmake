# Flags of every target of ours.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(GATE_CCACHE ccache)
if(GATE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${GATE_CCACHE})
endif()

add_library(gate_flags INTERFACE)
target_compile_options(gate_flags INTERFACE
  # Designated initialisers name what matters; the rest has its defaults.
  -Wall -Wextra -Wno-missing-field-initializers -Wshadow=local -Wnon-virtual-dtor -Woverloaded-virtual
  -ffunction-sections -fdata-sections
  -fstack-protector-strong -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
target_include_directories(gate_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_link_options(gate_flags INTERFACE -Wl,--gc-sections -Wl,-z,relro,-z,now)
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT GATE_SANITIZE)
  target_compile_definitions(gate_flags INTERFACE _FORTIFY_SOURCE=2 _GLIBCXX_ASSERTIONS)
endif()
if(GATE_WARNINGS_AS_ERRORS)
  target_compile_options(gate_flags INTERFACE -Werror)
endif()
if(GATE_SANITIZE)
  target_compile_options(gate_flags INTERFACE -fsanitize=${GATE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(gate_flags INTERFACE -fsanitize=${GATE_SANITIZE})
endif()

# Clang alone is about 200 archives; bfd links them in seconds, mold in one.
find_program(GATE_MOLD mold)
if(GATE_MOLD AND NOT CMAKE_CXX_FLAGS MATCHES "fuse-ld")
  target_link_options(gate_flags INTERFACE -fuse-ld=mold)
endif()
