import type { Millis, Share } from '../../base/units';
import type { CoreSample } from '../core-table';
import { percent } from '../words';
import { queueShare } from './contention';
import type { Finder } from './finding';

/** A sample counts as contended where others used this much while less than `mostFree` cores were free. */
const leastOthers = 0.5;
const mostFree = 0.5;
/** Core samples count in ticks of 10 ms: a stretch must hold enough of them to mean something. */
const leastStretch: Millis = 100;
/** Where the OS tells how long tasks waited for a core, they must have waited this share of their time. */
const leastQueue = 0.02;
/** A core is named where others used this share of it. */
const namedFrom: Share = 0.25;
const mostNamed = 4;

/** The longest stretch in which other processes took cores that the run could have used. */
export const findOtherProcesses: Finder = (run, summary) => {
  const queue = queueShare(summary);
  if (queue !== null && queue < leastQueue) return null;
  const stretch = longest(stretches(run.cores.samples));
  if (!stretch || lengthOf(stretch) < leastStretch) return null;
  const byCore = meanOthers(stretch);
  const total = byCore.reduce((sum, share) => sum + share, 0);
  const waited = queue === null ? '' : ` Tasks waited ${percent(queue)} of their time for a core.`;
  const sentence = `Other processes used ${total.toFixed(1)} cores${named(byCore)} while hardly any was free.${waited}`;
  return { kind: 'other-processes', from: startOf(stretch), to: stretch.at(-1)!.at, value: total, unit: 'cores', sentence };
};

function stretches(samples: readonly CoreSample[]): CoreSample[][] {
  const found: CoreSample[][] = [];
  let open: CoreSample[] | null = null;
  for (const sample of samples) {
    if (!isContended(sample)) open = null;
    else if (open) open.push(sample);
    else found.push((open = [sample]));
  }
  return found;
}

function isContended({ busy, ours }: CoreSample): boolean {
  const used = busy.reduce((sum, share) => sum + share, 0);
  const own = ours.reduce((sum, share) => sum + share, 0);
  // `NaN` where the OS does not tell our share: then nobody else can be blamed.
  return used - own >= leastOthers && busy.length - used < mostFree;
}

const startOf = (stretch: readonly CoreSample[]): Millis => Math.max(0, stretch[0]!.at - stretch[0]!.span);
const lengthOf = (stretch: readonly CoreSample[]): Millis => stretch.at(-1)!.at - startOf(stretch);
const longest = (all: readonly CoreSample[][]) => all.reduce<CoreSample[] | null>((best, it) => (best && lengthOf(best) >= lengthOf(it) ? best : it), null);

function meanOthers(stretch: readonly CoreSample[]): Share[] {
  const spans = stretch.reduce((sum, { span }) => sum + span, 0);
  return stretch[0]!.busy.map((_, core) => {
    const used = stretch.reduce((sum, { busy, ours, span }) => sum + Math.max(0, busy[core]! - ours[core]!) * span, 0);
    return spans > 0 ? used / spans : 0;
  });
}

function named(byCore: readonly Share[]): string {
  const cores = byCore.flatMap((share, core) => (share >= namedFrom ? [core] : []));
  if (cores.length === 0 || cores.length > mostNamed) return '';
  return ` (on ${cores.length === 1 ? 'core' : 'cores'} ${cores.join(', ')})`;
}
