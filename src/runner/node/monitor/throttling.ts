import { readFileSync } from 'node:fs';
import { throttledMs, type ReadText } from '../../../base/cpu-budget';
import type { Millis } from '../../../base/units';

/** A meter of the time that this process's control groups are held back by their CPU quota from now on; `null` where none is set. */
export function openThrottleMeter(read: ReadText = readText): (() => Millis | null) | null {
  const first = throttledMs(read);
  if (first === null) return null;
  return () => {
    const now = throttledMs(read);
    return now === null ? null : now - first;
  };
}

const readText: ReadText = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Another system, or a file that this kernel does not have.
    return null;
  }
};
