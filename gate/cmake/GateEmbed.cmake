# gate_embed(target symbol prefix root globs...): puts files into the binary, byte for byte, as the function
#   std::span<const gate::EmbeddedFile> gate::<symbol>();   (gate/core/embedded.h)
# Names are "prefix/relative path", sorted. With COMPRESSED before the globs, each is a gate::CompressedFile.
function(gate_embed target symbol prefix root)
  set(globs ${ARGN})
  list(GET globs 0 first)
  set(compressed OFF)
  if(first STREQUAL "COMPRESSED")
    set(compressed ON)
    list(REMOVE_AT globs 0)
  endif()
  set(files)
  foreach(glob IN LISTS globs)
    file(GLOB found CONFIGURE_DEPENDS RELATIVE ${root} ${root}/${glob})
    list(APPEND files ${found})
  endforeach()
  list(REMOVE_DUPLICATES files)
  list(SORT files)
  # In C++ around top-level asm, so that the language stays one and the gate can read its own sources.
  set(assembly "")
  set(declarations "")
  set(table "")
  set(inputs)
  set(index 0)
  foreach(file IN LISTS files)
    set(bytes ${root}/${file})
    set(size "")
    if(compressed)
      file(SIZE ${bytes} size)
      set(size ", ${size}")
      set(frame ${CMAKE_BINARY_DIR}/embedded/${symbol}/${file}.zst)
      if(NOT EXISTS ${frame} OR ${bytes} IS_NEWER_THAN ${frame})
        get_filename_component(folder ${frame} DIRECTORY)
        file(MAKE_DIRECTORY ${folder})
        file(ARCHIVE_CREATE OUTPUT ${frame} PATHS ${bytes} FORMAT raw COMPRESSION Zstd COMPRESSION_LEVEL 9)
      endif()
      set(bytes ${frame})
    endif()
    string(APPEND assembly
      "asm(\".balign 16\\n.global ${symbol}_${index}\\n${symbol}_${index}:\\n.incbin \\\"${bytes}\\\"\\n\"\n"
      "    \".global ${symbol}_${index}_end\\n${symbol}_${index}_end:\\n.byte 0\\n\");\n")
    string(APPEND declarations "extern \"C\" const char ${symbol}_${index}[], ${symbol}_${index}_end[];\n")
    string(APPEND table
      "    {\"${prefix}/${file}\", {${symbol}_${index}, static_cast<std::size_t>(${symbol}_${index}_end - ${symbol}_${index})}${size}},\n")
    list(APPEND inputs ${bytes})
    math(EXPR index "${index} + 1")
  endforeach()
  set(type EmbeddedFile)
  if(compressed)
    set(type CompressedFile)
  endif()
  set(source ${CMAKE_BINARY_DIR}/embedded/${symbol}.cpp)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT
"#include \"gate/core/embedded.h\"

asm(\".pushsection .rodata\");
${assembly}asm(\".popsection\");

${declarations}
namespace gate {
std::span<const ${type}> ${symbol}() {
  static const ${type} files[] = {
${table}    {},
  };
  return {files, ${index}};
}
}  // namespace gate
")
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${inputs}")
  target_sources(${target} PRIVATE ${source})
endfunction()
