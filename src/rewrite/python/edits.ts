/** Edits in order, as an edit plan holds them. */
import type { TextEdit } from '../edit-plan';

/** In order of appearance; insertions at the same place become one. */
export function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  const sorted = edits.map((edit, at) => ({ edit, at })).sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.at - b.at);
  const merged: TextEdit[] = [];
  for (const { edit } of sorted) {
    const last = merged.at(-1);
    if (last && last.end === edit.start && last.start === last.end) {
      merged[merged.length - 1] = { start: last.start, end: edit.end, newText: last.newText + edit.newText };
    } else merged.push(edit);
  }
  return merged;
}
