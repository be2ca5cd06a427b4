import { useRef } from 'preact/hooks';
import { count } from '../../profile/words';
import { shareDone } from '../layout/extent';
import type { RunModel } from '../store/run-model';
import type { Store } from '../store/store';

/** Tells screen readers where the run stands: its phases, its quarters and its end, not every batch. */
export function Announcer({ store: { run } }: { store: Store }) {
  const last = useRef('');
  if (run?.progress) last.current = stateOf(run, run.progress);
  return (
    <p class="unseen" role="status" aria-live="polite">
      {last.current}
    </p>
  );
}

function stateOf(run: RunModel, progress: NonNullable<RunModel['progress']>): string {
  const { phase, outcome, counts } = progress;
  if (phase === 'starting') return 'Starting the run.';
  if (phase === 'loading') return 'Loading the module.';
  if (phase === 'running') {
    const quarters = Math.floor((shareDone(progress) ?? 0) * 4) * 25;
    return quarters > 0 ? `Running, ${quarters} % done.` : 'Running.';
  }
  if (run.loading) return 'Loading the profile.';
  const failed = counts.failed > 0 ? `, ${counts.failed} failed` : '';
  return `Run ${outcome ?? 'ended'}: ${count(counts.succeeded, 'task')} succeeded${failed}.`;
}
