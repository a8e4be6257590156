# What `cmake --install` and the Debian package put where.
include(CMakePackageConfigHelpers)

install(TARGETS pavise RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)

# The library, for find_package(pavise) and pavise::pavise.
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/pavise)
install(TARGETS pavise_library EXPORT pavise ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library)
install(DIRECTORY src/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/pavise COMPONENT library
        FILES_MATCHING PATTERN "*.hpp" PATTERN "*.def" PATTERN "cli" EXCLUDE)
install(EXPORT pavise NAMESPACE pavise:: DESTINATION ${package_dir} FILE paviseTargets.cmake COMPONENT library)
configure_package_config_file(cmake/paviseConfig.cmake.in paviseConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(paviseConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/paviseConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/paviseConfigVersion.cmake DESTINATION ${package_dir}
        COMPONENT library)

# Files to read, and for other programs to find.
foreach(folder stdlib examples)
  if(IS_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/${folder})
    install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_DATADIR}/pavise COMPONENT program FILES_MATCHING PATTERN "*.pav" PATTERN "*.md")
  endif()
endforeach()
if(IS_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/docs)
  install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program FILES_MATCHING PATTERN "*.md")
endif()
if(IS_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/editors/vim)
  install(DIRECTORY editors/vim/ DESTINATION ${CMAKE_INSTALL_DATADIR}/vim/vimfiles COMPONENT program FILES_MATCHING PATTERN "*.vim")
endif()

# Completions and man pages are what the program says of itself.
set(generated ${CMAKE_CURRENT_BINARY_DIR}/generated)
add_custom_command(
  OUTPUT ${generated}/stamp
  COMMAND ${CMAKE_COMMAND} -DPAVISE=$<TARGET_FILE:pavise> -DOUTPUT=${generated} -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/describe_program.cmake
  DEPENDS pavise ${CMAKE_CURRENT_SOURCE_DIR}/cmake/describe_program.cmake
  COMMENT "Writing man pages and completions"
  VERBATIM)
add_custom_target(program_descriptions ALL DEPENDS ${generated}/stamp)
install(DIRECTORY ${generated}/man1/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program OPTIONAL)
install(FILES ${generated}/pavise.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME pavise COMPONENT program OPTIONAL)
install(FILES ${generated}/pavise.zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions RENAME _pavise COMPONENT program OPTIONAL)
install(FILES ${generated}/pavise.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program OPTIONAL)

# `cpack --config build/release/CPackConfig.cmake` makes the Debian package: the program and what belongs to it.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The Pavise project <pavise@localhost>")
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL program)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS apparmor)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
include(CPack)
