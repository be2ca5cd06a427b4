import type { Millis } from '../../base/units';
import type { LaneEnd } from '../summary';
import { duration, grouped } from '../words';
import type { Finder, FindingFacts } from './finding';

/** Idle time behind the last lane, as a share of the lanes' wall time, from which a tail is told; and its least length. */
const leastShare = 0.03;
const leastMs = 2;
/** The last lane must have worked for this much of the tail: one that merely began late makes no tail. */
const workedFor = 0.5;
/** A last task that fills this much of the tail is its cause; otherwise it was the number of tasks that were left. */
const oneTaskFills = 0.5;

export const findTail: Finder = (run, { ends, lanes, timing }) => {
  if (run.outcome !== 'completed' || ends.length < 2) return null;
  const ordered = [...ends].sort((a, b) => b.endedAt - a.endedAt);
  const last = ordered[0]!;
  // Lanes that ended with the last one, within a hundredth of the run, are not behind it.
  const behind = ordered.filter(({ endedAt }) => last.endedAt - endedAt > timing.wallMs / 100);
  const idle = behind.reduce((sum, { endedAt }) => sum + last.endedAt - endedAt, 0);
  if (behind.length === 0 || idle < leastShare * lanes * timing.wallMs || idle / behind.length < leastMs) return null;
  const mean = idle / behind.length;
  if (last.busyMs < workedFor * mean) return null;
  const sentence = `${subject(run, behind.length)} idle ${duration(mean)}${behind.length > 1 ? ' on average' : ''} behind ${nameOf(run, last)}: ${advice(run, last, mean)}`;
  return { kind: 'tail', from: behind.at(-1)!.endedAt, to: last.endedAt, value: mean, unit: 'ms', sentence };
};

const subject = (run: FindingFacts, n: number) => {
  const one = run.plan.concurrency > 1 ? 'slot' : 'worker';
  return n === 1 ? `1 ${one} was` : `${n} ${one}s were`;
};

const nameOf = (run: FindingFacts, { worker, slot }: LaneEnd) => (run.plan.concurrency > 1 ? `W${worker}, slot ${slot}` : `W${worker}`);

function advice(run: FindingFacts, last: LaneEnd, mean: Millis): string {
  if (last.lastLength >= oneTaskFills * mean) {
    const task = `its last task, #${grouped(last.lastTask)}, took ${duration(last.lastLength)}.`;
    return last.tasks > 1 ? `${task} Put the longest inputs first.` : `${task} Split that input, if it can be.`;
  }
  if (run.plan.chunk === 1) return 'the inputs are of very different length. Put the longest first.';
  return `it had more tasks left. Use smaller chunks${run.plan.chunk === 'auto' ? '' : ` than ${run.plan.chunk}`}.`;
}
