import { counted, oneLine } from '../plain-text';
import type { InputsPreview } from './suggest';

/** `64 calls: f(20000), f(20001), f(20002), …` */
export function previewText(name: string, { count, first }: InputsPreview): string {
  if (count === 0) return 'No calls: the inputs are empty';
  const total = count === null ? 'Calls from an iterator' : counted(count, 'call');
  const shown = first.slice(0, 3).map((args) => `${name}(${oneLine(args, 40)})`);
  const more = count === null || count > shown.length ? ', …' : '';
  return shown.length === 0 ? total : `${total}: ${shown.join(', ')}${more}`;
}
