/** What the command line's exit codes say; a published contract. */
export const ExitCode = {
  /** All tasks succeeded. */
  ok: 0,
  taskFailed: 1,
  /** Bad usage, target or inputs. */
  usage: 2,
  /** The runner could not start. */
  noRunner: 3,
  /** The target cannot be run, with the reason. */
  refused: 4,
  cancelled: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
