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
  # In C++ around top-level asm, so that the language stays one and the gate can read its own sources.
  set(assembly "")
  set(declarations "")
  set(table "")
  set(inputs)
  set(index 0)
  foreach(file IN LISTS files)
    string(APPEND assembly
      "asm(\".balign 16\\n.global ${symbol}_${index}\\n${symbol}_${index}:\\n.incbin \\\"${root}/${file}\\\"\\n\"\n"
      "    \".global ${symbol}_${index}_end\\n${symbol}_${index}_end:\\n.byte 0\\n\");\n")
    string(APPEND declarations "extern \"C\" const char ${symbol}_${index}[], ${symbol}_${index}_end[];\n")
    string(APPEND table
      "    {\"${prefix}/${file}\", {${symbol}_${index}, static_cast<std::size_t>(${symbol}_${index}_end - ${symbol}_${index})}},\n")
    list(APPEND inputs ${root}/${file})
    math(EXPR index "${index} + 1")
  endforeach()
  set(source ${CMAKE_BINARY_DIR}/embedded/${symbol}.cpp)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT
"#include \"gate/core/embedded.h\"

asm(\".pushsection .rodata\");
${assembly}asm(\".popsection\");

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
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${inputs}")
  target_sources(${target} PRIVATE ${source})
endfunction()
