# carry(TARGET FUNCTION MODULE SOURCE deps...): links SOURCE and deps into a shared library, of which only extern "C"
# functions named hoering_... can be seen, and puts it into TARGET; hoering::FUNCTION() returns its bytes as a
# std::string_view, for common/carried_module.h. Declare the function where you use it. deps must be compiled with
# POSITION_INDEPENDENT_CODE. Libraries that only MODULE needs are not loaded when the program starts.
function(carry target function module source)
  set(shown ${CMAKE_BINARY_DIR}/embedded/carried.map)
  file(CONFIGURE OUTPUT ${shown} CONTENT "{ global: hoering_*; local: *; };\n")
  add_library(${module} MODULE ${source})
  set_target_properties(${module} PROPERTIES PREFIX "" LINK_DEPENDS ${shown})
  target_link_libraries(${module} PRIVATE ${ARGN})
  target_link_options(${module} PRIVATE -Wl,--version-script=${shown} -Wl,--as-needed -Wl,-z,defs)

  # Without what only debuggers read: all of it is memory when it is loaded. ${module}.so keeps it.
  set(stripped ${CMAKE_BINARY_DIR}/embedded/${module}.so)
  add_custom_command(OUTPUT ${stripped} DEPENDS ${module} VERBATIM
    COMMAND ${CMAKE_STRIP} --strip-unneeded -o ${stripped} $<TARGET_FILE:${module}>)
  set(out ${CMAKE_BINARY_DIR}/embedded/${function}.cpp)
  set(text "// Made by scripts/carry.cmake.\n#include <cstddef>\n#include <string_view>\nasm(\".section .rodata\\n.global car_${function}\\ncar_${function}:\\n.incbin \\\"${stripped}\\\"\\n.global car_${function}_end\\ncar_${function}_end:\\n.byte 0\\n.previous\");\nextern \"C\" const char car_${function}[], car_${function}_end[];\nnamespace hoering {\nstd::string_view ${function}();\nstd::string_view ${function}() {\n    return {car_${function}, static_cast<std::size_t>(car_${function}_end - car_${function})};\n}\n}\n")
  file(GENERATE OUTPUT ${out} CONTENT "${text}")
  set_source_files_properties(${out} PROPERTIES GENERATED TRUE OBJECT_DEPENDS ${stripped})
  target_sources(${target} PRIVATE ${out})
endfunction()
