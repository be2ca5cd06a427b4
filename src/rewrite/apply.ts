/** What a file reads like with a plan's edits in it. */
import type { TextEdit } from './edit-plan';

/** @param edits in order of appearance, not overlapping */
export function applyPlan(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, newText } of edits) {
    result += text.slice(at, start) + newText;
    at = end;
  }
  return result + text.slice(at);
}
