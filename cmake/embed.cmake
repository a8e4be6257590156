# pavise_embed(NAME ROOT FILE…): makes NAME.cpp in the build directory, which defines
#   std::span<const pavise::text::EmbeddedFile> pavise::text::NAME();
# with each FILE's path relative to ROOT and its text (declared in text/embedded.hpp).
function(pavise_embed name root)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
  list(SORT ARGN)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DROOT=${root} -DOUTPUT=${output} "-DFILES=${ARGN}" -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/make_embedded.cmake
    DEPENDS ${ARGN} ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/make_embedded.cmake
    COMMENT "Embedding ${name}"
    VERBATIM)
endfunction()
