import type { InputsPreview } from '../../session/engine';
import { counted, oneLine } from '../plain-text';

/** Calls that a preview names. */
export const shownCalls = 3;

/** `64 calls: f(20000), f(20001), f(20002), …` */
export function previewText(name: string, { count, first }: InputsPreview): string {
  if (count === 0) return 'No calls: the inputs are empty';
  const total = count === null ? 'Calls from an iterator' : counted(count, 'call');
  const shown = first.slice(0, shownCalls).map((args) => `${name}(${oneLine(args, 40)})`);
  const more = count === null || count > shown.length ? ', …' : '';
  return shown.length === 0 ? total : `${total}: ${shown.join(', ')}${more}`;
}
