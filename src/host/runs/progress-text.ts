import type { RunData } from '../../profile/run-data';
import { counted } from '../plain-text';

const inFull = (n: number): string => n.toLocaleString('en-US');

/** Calls that have been answered. */
export const doneOf = ({ counts }: RunData): number => counts.succeeded + counts.failed;

/** `starting Python`, `loading the module`, `12 of 64 calls, 3 failed` */
export function progressText(run: RunData): string {
  if (run.phase === 'starting') return `starting ${run.target.language === 'python' ? 'Python' : 'Node'}`;
  if (run.phase === 'loading') return 'loading the module';
  const total = run.plan.tasks;
  const done = total === null ? counted(doneOf(run), 'call') : `${inFull(doneOf(run))} of ${counted(total, 'call')}`;
  return run.counts.failed > 0 ? `${done}, ${inFull(run.counts.failed)} failed` : done;
}
