import type { RunData } from '../../profile/run-data';
import type { Counts } from '../../protocol/report';
import { counted, forNotification, oneLine } from '../plain-text';

/** What a person is told when a run has ended, unless it went well: then the profile and the status bar tell enough. */
export interface Notice {
  readonly severity: 'warning' | 'error';
  readonly text: string;
}

export function noticeOf(run: RunData): Notice | null {
  if (run.outcome === 'failed') return { severity: 'error', text: forNotification(failure(run)) };
  if (timedOut(run)) return { severity: 'warning', text: forNotification(`${failure(run)} ${kept(run.counts)}`) };
  if (run.outcome === 'completed' && run.counts.failed > 0) {
    return { severity: 'warning', text: forNotification(someFailed(run)) };
  }
  return null;
}

/** A time-out is told from a cancel by its message: the outcome is the same, for what finished is kept in both. */
export const timedOut = (run: RunData): boolean =>
  run.outcome !== 'completed' && /\btimed out\b/i.test(run.message ?? '');

const failure = (run: RunData): string => `\`${run.target.function}\`: ${run.message ?? 'The run failed.'}`;

function kept(counts: Counts): string {
  const done = counts.succeeded + counts.failed;
  return `${done.toLocaleString('en-US')} of ${counted(counts.tasks, 'call')} had finished; what they gave is kept.`;
}

function someFailed(run: RunData): string {
  const { counts, errors, target } = run;
  const all = counts.failed === counts.tasks;
  const lead = all
    ? `All ${counted(counts.tasks, 'call')} of \`${target.function}\` failed.`
    : `${counts.failed.toLocaleString('en-US')} of ${counted(counts.tasks, 'call')} of \`${target.function}\` failed.`;
  const first = errors.find(({ index }) => index >= 0);
  if (first === undefined) return lead;
  const input = run.previews.get(first.index)?.input;
  const call = input === undefined ? `call ${first.index + 1}` : `${target.function}(${oneLine(input, 60)})`;
  return `${lead} The first: ${call}: ${first.name}: ${oneLine(first.message, 160)}`;
}
