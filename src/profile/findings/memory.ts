import { memory } from '../words';
import type { Finder } from './finding';

/** Told from a gibibyte on: what many machines can spare. */
const least = 1024;

export const findMemory: Finder = (run, { timing, workers }) => {
  const peak = run.peakMemoryMb;
  if (peak === null || peak < least) return null;
  const largest = Math.max(0, ...workers.map(({ peakMemoryMb }) => peakMemoryMb ?? 0));
  const each = largest > 0 && workers.length > 1 ? ` Its largest worker needed ${memory(largest)}: fewer workers need less.` : '';
  return { kind: 'memory', from: 0, to: timing.wallMs, value: peak, unit: 'MB', sentence: `The run took ${memory(peak)} at its peak.${each}` };
};
