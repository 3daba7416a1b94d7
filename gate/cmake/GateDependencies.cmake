# The distribution's packages, and nothing else. Each is an interface target that one folder links privately.
find_package(PkgConfig REQUIRED)
if(GATE_STATIC)
  set(Boost_USE_STATIC_LIBS ON)
endif()
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
if(GATE_STATIC)
  set(OPENSSL_USE_STATIC_LIBS ON)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
endif()
find_package(OpenSSL 3 REQUIRED COMPONENTS Crypto)
find_library(GATE_SODIUM sodium REQUIRED)  # Ed25519ph, which OpenSSL has from 3.2 on

pkg_check_modules(YAML REQUIRED yaml-0.1)
add_library(gate_yaml INTERFACE)
target_include_directories(gate_yaml SYSTEM INTERFACE ${YAML_INCLUDE_DIRS})
find_library(GATE_YAML yaml REQUIRED)
target_link_libraries(gate_yaml INTERFACE ${GATE_YAML})

find_path(GATE_EXPAT_HEADERS expat.h REQUIRED)
find_library(GATE_EXPAT expat REQUIRED)
add_library(gate_expat INTERFACE)
target_include_directories(gate_expat SYSTEM INTERFACE ${GATE_EXPAT_HEADERS})
target_link_libraries(gate_expat INTERFACE ${GATE_EXPAT})

# Debian has no static {fmt}; its headers alone do.
add_library(gate_fmt INTERFACE)
target_link_libraries(gate_fmt INTERFACE fmt::fmt-header-only)

# Clang and LLVM, as archives in both kinds of build: one way to link, and a quick start.
set(GATE_LLVM_VERSION 19 CACHE STRING "Major version of LLVM and Clang: 18, 19 or 20")
find_package(LLVM REQUIRED CONFIG
  PATHS /usr/lib/llvm-${GATE_LLVM_VERSION}/lib/cmake/llvm NO_DEFAULT_PATH)
find_package(Clang REQUIRED CONFIG
  PATHS /usr/lib/llvm-${GATE_LLVM_VERSION}/lib/cmake/clang NO_DEFAULT_PATH)
if(LLVM_VERSION_MAJOR LESS 18 OR LLVM_VERSION_MAJOR GREATER 20)
  message(FATAL_ERROR "LLVM ${LLVM_VERSION} was found; 18, 19 or 20 is needed")
endif()
add_library(gate_clang INTERFACE)
target_include_directories(gate_clang SYSTEM INTERFACE ${CLANG_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS})
target_compile_definitions(gate_clang INTERFACE ${LLVM_DEFINITIONS_LIST})
set(gate_clang_archives)
foreach(archive Tooling Frontend Driver Serialization Parse Sema Analysis Edit ToolingCore Rewrite APINotes Support ASTMatchers AST Lex Basic)
  if(EXISTS ${LLVM_LIBRARY_DIR}/libclang${archive}.a)
    list(APPEND gate_clang_archives ${LLVM_LIBRARY_DIR}/libclang${archive}.a)
  endif()
endforeach()
execute_process(
  COMMAND ${LLVM_TOOLS_BINARY_DIR}/llvm-config --link-static --libfiles
          support option frontendopenmp profiledata coverage bitreader bitstreamreader core targetparser demangle
          mcparser mc object windowsdriver frontendoffloading binaryformat
  OUTPUT_VARIABLE gate_llvm_archives OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(gate_llvm_archives)
find_library(GATE_ZLIB z REQUIRED)
find_library(GATE_ZSTD zstd REQUIRED)
target_link_libraries(gate_clang INTERFACE
  -Wl,--start-group ${gate_clang_archives} ${gate_llvm_archives} -Wl,--end-group ${GATE_ZSTD} ${GATE_ZLIB} pthread dl m)

execute_process(COMMAND ${LLVM_TOOLS_BINARY_DIR}/clang -print-resource-dir
  OUTPUT_VARIABLE gate_resource_dir OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
set(GATE_CLANG_RESOURCES ${gate_resource_dir}/include)
file(REAL_PATH ${GATE_CLANG_RESOURCES} GATE_CLANG_RESOURCES)

# libgit2: we open no network transport. In a static link, stubs stand in their place (adapters/git/transport_stubs.cpp).
pkg_check_modules(LIBGIT2 REQUIRED libgit2)
add_library(gate_libgit2 INTERFACE)
target_include_directories(gate_libgit2 SYSTEM INTERFACE ${LIBGIT2_INCLUDE_DIRS})
if(GATE_STATIC)
  foreach(library git2 mbedcrypto http_parser llhttp pcre2-8)  # distributions differ in what it was built with
    find_library(GATE_LIB_${library} ${library})
    if(GATE_LIB_${library})
      target_link_libraries(gate_libgit2 INTERFACE ${GATE_LIB_${library}})
    endif()
  endforeach()
  target_link_libraries(gate_libgit2 INTERFACE ${GATE_ZLIB})
else()
  target_link_libraries(gate_libgit2 INTERFACE ${LIBGIT2_LINK_LIBRARIES})
endif()

# librnp: the distribution has no archive of it, so a static build makes its own, once for each build folder.
add_library(gate_librnp INTERFACE)
if(GATE_STATIC)
  set(GATE_LIBRNP ${CMAKE_BINARY_DIR}/librnp CACHE PATH "Folder with include/rnp/rnp.h and lib/librnp.a")
  if(NOT EXISTS ${GATE_LIBRNP}/lib/librnp.a)
    message(STATUS "Building librnp from the distribution's source package")
    execute_process(COMMAND bash ${CMAKE_SOURCE_DIR}/gate/cmake/librnp.sh ${GATE_LIBRNP} COMMAND_ERROR_IS_FATAL ANY)
  endif()
  target_include_directories(gate_librnp SYSTEM INTERFACE ${GATE_LIBRNP}/include)
  target_link_libraries(gate_librnp INTERFACE ${GATE_LIBRNP}/lib/librnp.a)
  foreach(library json-c bz2)
    find_library(GATE_LIB_${library} ${library} REQUIRED)
    target_link_libraries(gate_librnp INTERFACE ${GATE_LIB_${library}})
  endforeach()
  target_link_libraries(gate_librnp INTERFACE ${GATE_ZLIB} OpenSSL::Crypto)
else()
  pkg_check_modules(LIBRNP REQUIRED librnp)
  target_include_directories(gate_librnp SYSTEM INTERFACE ${LIBRNP_INCLUDE_DIRS})
  target_link_libraries(gate_librnp INTERFACE ${LIBRNP_LINK_LIBRARIES})
endif()
