import type { Inputs, Limits, PlanRequest, Target } from '../protocol/target';

/** One run, as asked for by a command or the command line. */
export interface RunRequest {
  /** `line` and `column` settle which function is meant where names repeat. */
  readonly target: Target;
  /** Text of unsaved editors by absolute path; files not in it are read from disk. */
  readonly unsaved?: ReadonlyMap<string, string>;
  readonly inputs: Inputs;
  readonly plan: PlanRequest;
  readonly limits?: Partial<Limits>;
  /** Keep every result, not only previews. */
  readonly wantResults?: boolean;
  /** Off only to measure what recording costs. */
  readonly record?: boolean;
  /** The working directory of user code; the file's own folder where absent. */
  readonly cwd?: string;
}
