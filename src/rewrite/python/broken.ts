/** Code that cannot be read as it stands. */
import type { Refusal } from '../../source/found-function';
import type { PyNode } from '../../source/python/tree';
import { topLevel } from './code';
import type { PythonFile } from './file';
import { refusal } from './refuse';

/** A tree with errors in it is a guess. */
export function brokenCode(file: PythonFile, node: PyNode): Refusal | null {
  const top = topLevel(node);
  const { children } = file.code.root;
  const next = children[children.indexOf(top) + 1]?.start ?? file.code.text.length;
  const bracket = file.code.source.faults.find((at) => at >= top.start && at < next);
  const fault = file.code.fault(top) ?? bracket ?? null;
  if (fault === null) return null;
  const line = file.code.line(fault);
  return refusal('syntax-error', `Python cannot read line ${line} as it stands. Mend that first.`, line);
}
