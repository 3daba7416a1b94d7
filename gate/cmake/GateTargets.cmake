# gate_library(name folder deps... [PRIVATE third-party...]): one static target from all .cpp files of a folder.
# Third-party libraries are private, so that no header of theirs is seen elsewhere.
function(gate_library name folder)
  cmake_parse_arguments(PARSE_ARGV 2 ARG "" "" "PRIVATE")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  if(NOT sources)
    message(FATAL_ERROR "${folder} has no sources")
  endif()
  add_library(gate_${name} STATIC ${sources})
  target_link_libraries(gate_${name} PRIVATE gate_flags ${ARG_PRIVATE})
  foreach(dependency IN LISTS ARG_UNPARSED_ARGUMENTS)
    target_link_libraries(gate_${name} PUBLIC gate_${dependency})
  endforeach()
endfunction()
