import { readdirSync, readFileSync } from 'node:fs';

/** Ids of living processes whose environment holds `mark`, but our own. Linux only; elsewhere none are found. */
export function processesMarked(mark: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter((pid) => {
      try {
        const state = /^State:\s+(\S)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
        return state !== 'Z' && readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark);
      } catch {
        // It ended while we looked, or is not ours to see.
        return false;
      }
    });
}

/** Resolves when `condition` holds; rejects after `withinMs` with `what`. */
export async function eventually(what: string, withinMs: number, condition: () => boolean): Promise<void> {
  const until = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > until) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
