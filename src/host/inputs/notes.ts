/** What to know of a function before it runs, as lines of the inputs picker. */
import type { SliceWarning } from '../../source/slice';
import { forLabel } from '../plain-text';
import type { Offer } from './offers';

/** More would push the inputs out of sight; the run tells them all. */
const mostNotes = 5;

const labels: Readonly<Record<string, string>> = {
  'module-state': '$(info) Each worker has its own copy',
  'skipped-setup': '$(warning) Set-up that is not run',
  effect: '$(warning) Runs when the module is loaded',
  'new-object': '$(info) A new object in each worker',
  refused: '$(error) Cannot be run by itself',
};

/** Each shows its line of code when it is chosen. */
export function notesOf(warnings: readonly SliceWarning[]): Offer[] {
  return warnings.slice(0, mostNotes).map(({ code, message, line }) => ({
    kind: 'note',
    line,
    label: labels[code] ?? '$(info) Before it runs',
    description: `line ${line}`,
    detail: forLabel(message, 300),
  }));
}
