# Asks PAVISE for its man pages and completions, and writes them under OUTPUT.
file(REMOVE_RECURSE ${OUTPUT})
file(MAKE_DIRECTORY ${OUTPUT}/man1)
foreach(shell bash zsh fish)
  execute_process(COMMAND ${PAVISE} completions ${shell} OUTPUT_FILE ${OUTPUT}/pavise.${shell} COMMAND_ERROR_IS_FATAL ANY)
endforeach()

# The program's page names those of its commands.
execute_process(COMMAND ${PAVISE} man OUTPUT_VARIABLE page COMMAND_ERROR_IS_FATAL ANY)
file(WRITE ${OUTPUT}/man1/pavise.1 "${page}")
string(REGEX MATCHALL "\n\\.BR pavise\\\\-[a-z]+ \\(1\\)" mentions "${page}")
foreach(mention IN LISTS mentions)
  string(REGEX REPLACE ".*-([a-z]+) .*" "\\1" command "${mention}")
  execute_process(COMMAND ${PAVISE} man ${command} OUTPUT_FILE ${OUTPUT}/man1/pavise-${command}.1 COMMAND_ERROR_IS_FATAL ANY)
endforeach()
file(TOUCH ${OUTPUT}/stamp)
