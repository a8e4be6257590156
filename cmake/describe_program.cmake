# Asks PAVISE for its man pages and completions, and writes them under OUTPUT.
file(REMOVE_RECURSE ${OUTPUT})
file(MAKE_DIRECTORY ${OUTPUT}/man1)
foreach(shell bash zsh fish)
  execute_process(COMMAND ${PAVISE} completions ${shell} OUTPUT_FILE ${OUTPUT}/pavise.${shell} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
execute_process(COMMAND ${PAVISE} man OUTPUT_FILE ${OUTPUT}/man1/pavise.1 COMMAND_ERROR_IS_FATAL ANY)
file(TOUCH ${OUTPUT}/stamp)
