import type { Millis } from '../../base/units';
import type { RunProgress } from '../../protocol/panel';

/** The run so far as a share of what is known to come; `null` where that is not known, or nothing is done yet. */
export function shareDone({ counts, plan }: RunProgress): number | null {
  const done = counts.succeeded + counts.failed + counts.cancelled;
  return plan.tasks === null || plan.tasks === 0 || done === 0 ? null : Math.min(1, done / plan.tasks);
}

/** How much longer the run will take if it goes on as before; `null` where that cannot be told. */
export function timeLeft(progress: RunProgress): Millis | null {
  const share = shareDone(progress);
  return share === null ? null : (progress.wallMs / share) * (1 - share);
}

/**
 * End of the time axis. While a run goes on the axis has room for what is expected, and keeps its length as long as that
 * fits: it grows in steps rather than with every batch.
 */
export function nextExtent(current: Millis, progress: RunProgress): Millis {
  if (progress.phase === 'ended') return Math.max(progress.wallMs, 1e-3);
  const expected = progress.wallMs + (timeLeft(progress) ?? 0);
  const fits = current >= Math.max(expected, progress.wallMs) && current <= expected * 1.6;
  return fits ? current : Math.max(100, expected * 1.25);
}
