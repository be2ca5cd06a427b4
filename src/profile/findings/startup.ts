import { duration, percent } from '../words';
import type { Finder } from './finding';

/** Below this share of the lanes' time, or this length, start-up is not worth a word. */
const leastShare = 0.05;
const leastMs = 5;

export const findStartup: Finder = (_run, { overhead, ends }) => {
  const until = Math.max(0, ...ends.map(({ readyAt }) => readyAt));
  if (!overhead || overhead.startup < leastShare || until < leastMs) return null;
  const sentence = `Start-up took ${duration(until)}, ${percent(overhead.startup)} of the workers’ time. It is paid once: more inputs make it weigh less.`;
  return { kind: 'startup', from: 0, to: until, value: until, unit: 'ms', sentence };
};
