import { readFileSync } from 'node:fs';
import type { Millis } from '../../../base/units';

/** A meter of the time that this process's own control group was held back by its CPU quota; `null` where none is set. */
export function openThrottleMeter(): (() => Millis | null) | null {
  const read = openCgroup();
  if (!read) return null;
  const first = read();
  return () => {
    const now = read();
    return now === null || first === null ? null : now - first;
  };
}

function openCgroup(): (() => Millis | null) | null {
  try {
    const path = /^0::(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1];
    if (path === undefined) return null;
    const file = `/sys/fs/cgroup${path === '/' ? '' : path}/cpu.stat`;
    const read = (): Millis | null => {
      const found = /^throttled_usec (\d+)$/m.exec(readFileSync(file, 'utf8'))?.[1];
      return found === undefined ? null : Number(found) / 1000;
    };
    return read() === null ? null : read;
  } catch {
    return null;
  }
}
