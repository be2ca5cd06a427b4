import type ts from 'typescript';
import type { Refusal } from '../../source/found-function';
import { lineOf } from '../../source/javascript/parse';

/** A refusal that points at a node, or at an offset. Messages name the thing; `{line}` in them becomes the line. */
export function refuse(code: string, message: string, source: ts.SourceFile, at: ts.Node | number): Refusal {
  const line = lineOf(source, typeof at === 'number' ? at : at.getStart(source));
  return { code, message: message.replaceAll('{line}', String(line)), line };
}

/** The first refusal that any of the checks gives, in order. */
export function firstRefusal(...checks: readonly (() => Refusal | null)[]): Refusal | null {
  for (const check of checks) {
    const refusal = check();
    if (refusal) return refusal;
  }
  return null;
}

/** A piece of code as a message shows it: one line, bounded. */
export function shown(node: ts.Node, source: ts.SourceFile, limit = 40): string {
  const line = node.getText(source).replace(/\s+/g, ' ');
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}
