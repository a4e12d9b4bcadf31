/** The exit codes of the command line, each with one meaning. */

/** GNU timeout's codes, used by `exec` and `timeout`. */
export const EXIT_TIMED_OUT = 124;
/** prekill itself failed or was called wrongly. */
export const EXIT_INTERNAL = 125;
/** The command was found but could not be executed. */
export const EXIT_NOT_EXECUTABLE = 126;
/** The command was not found. */
export const EXIT_NOT_FOUND = 127;
/** Added to a signal's number. */
export const EXIT_SIGNAL_BASE = 128;
