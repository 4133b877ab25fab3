/** What the exit codes mean, for the end of the help. */
export const EXIT_CODES_HELP = `
Exit codes:
  0      done
  1      something failed inside; CROSSMODAL_DEBUG=1 in the environment shows where
  2      bad usage or input
  3      the work was done, but its result could not be written: --out or stdout, such as a full disk
  129    the terminal was closed (SIGHUP)
  130    stopped (Ctrl-C, SIGTERM)
  128+N  the work was killed by signal N; 137 mostly means that memory ran out`;
