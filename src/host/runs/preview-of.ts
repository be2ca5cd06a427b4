import type { RunData } from '../../profile/run-data';
import type { InputsPreview } from '../../session/engine';
import { shownCalls } from '../inputs/preview-text';

/** What a run has told of its inputs; `null` where it never came to them. */
export function previewOf(run: RunData): InputsPreview | null {
  const first = Array.from({ length: shownCalls }, (_, index) => run.previews.get(index)?.input).filter((input) => input !== undefined);
  if (first.length === 0) return null;
  return { count: run.outcome === 'completed' ? run.counts.tasks : run.plan.tasks, first };
}
