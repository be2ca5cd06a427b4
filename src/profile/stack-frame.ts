/** A place that a line of a stack names. */
export interface FramePlace {
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
}

/**
 * The place in a line of a stack, such as `at f (/a/b.ts:3:14)`, `at file:///a/b.ts:3:14` or `File "/a/b.py", line 3`;
 * `null` where it names no absolute file.
 */
export function framePlace(line: string): FramePlace | null {
  const found = /(?:^|[\s(])(?:file:\/\/)?((?:\/|[A-Za-z]:[\\/])[^()\n]*?):(\d{1,9})(?::\d{1,9})?\)?\s*$/.exec(line)
    ?? /^\s*File "((?:\/|[A-Za-z]:[\\/])[^"\n]+)", line (\d{1,9})/.exec(line);
  return found ? { file: found[1]!, line: Number(found[2]) } : null;
}
