# gate_embed(target symbol prefix root globs...): puts files into the binary, byte for byte, as the function
#   std::span<const gate::EmbeddedFile> gate::<symbol>();   (gate/core/embedded.h)
# Names are "prefix/relative path", sorted.
function(gate_embed target symbol prefix root)
  set(files)
  foreach(glob IN LISTS ARGN)
    file(GLOB found CONFIGURE_DEPENDS RELATIVE ${root} ${root}/${glob})
    list(APPEND files ${found})
  endforeach()
  list(REMOVE_DUPLICATES files)
  list(SORT files)
  set(assembly ".section .rodata\n")
  set(declarations "")
  set(table "")
  set(inputs)
  set(index 0)
  foreach(file IN LISTS files)
    string(APPEND assembly
      ".balign 16\n.global ${symbol}_${index}\n${symbol}_${index}:\n.incbin \"${root}/${file}\"\n"
      ".global ${symbol}_${index}_end\n${symbol}_${index}_end:\n.byte 0\n")
    string(APPEND declarations "extern \"C\" const char ${symbol}_${index}[], ${symbol}_${index}_end[];\n")
    string(APPEND table
      "    {\"${prefix}/${file}\", {${symbol}_${index}, static_cast<std::size_t>(${symbol}_${index}_end - ${symbol}_${index})}},\n")
    list(APPEND inputs ${root}/${file})
    math(EXPR index "${index} + 1")
  endforeach()
  string(APPEND assembly ".section .note.GNU-stack,\"\",@progbits\n")
  set(folder ${CMAKE_BINARY_DIR}/embedded)
  file(CONFIGURE OUTPUT ${folder}/${symbol}.S CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT ${folder}/${symbol}.cpp @ONLY CONTENT
"#include \"gate/core/embedded.h\"

${declarations}
namespace gate {
std::span<const EmbeddedFile> ${symbol}() {
  static const EmbeddedFile files[] = {
${table}    {{}, {}},
  };
  return {files, ${index}};
}
}  // namespace gate
")
  set_source_files_properties(${folder}/${symbol}.S PROPERTIES OBJECT_DEPENDS "${inputs}")
  target_sources(${target} PRIVATE ${folder}/${symbol}.S ${folder}/${symbol}.cpp)
endfunction()
