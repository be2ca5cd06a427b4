import type { RunData } from '../../profile/run-data';
import { counted, forNotification, oneLine } from '../plain-text';

/** What a person is told when a run has ended, unless it went well: then the profile and the status bar tell enough. */
export interface Notice {
  readonly severity: 'warning' | 'error';
  readonly text: string;
}

export function noticeOf(run: RunData): Notice | null {
  if (run.outcome === 'failed') {
    const text = `\`${run.target.function}\`: ${run.message ?? 'The run failed.'}`;
    // A limit that was set has done its work: that is another thing than a run that broke.
    return { severity: run.timedOut ? 'warning' : 'error', text: forNotification(text) };
  }
  if (run.outcome === 'completed' && run.counts.failed > 0) {
    return { severity: 'warning', text: forNotification(someFailed(run)) };
  }
  return null;
}

function someFailed(run: RunData): string {
  const { counts, errors, target } = run;
  const all = counts.failed === counts.tasks;
  const lead = all
    ? `${counts.tasks === 1 ? 'The call' : `All ${counted(counts.tasks, 'call')}`} of \`${target.function}\` failed.`
    : `${counts.failed.toLocaleString('en-US')} of ${counted(counts.tasks, 'call')} of \`${target.function}\` failed.`;
  const first = errors.find(({ index }) => index >= 0);
  if (first === undefined) return lead;
  const input = run.previews.get(first.index)?.input;
  const call = input === undefined ? `call ${first.index + 1}` : `${target.function}(${oneLine(input, 60)})`;
  return `${lead}${counts.failed === 1 ? '' : ' The first:'} ${call}: ${first.name}: ${oneLine(first.message, 160)}`;
}
