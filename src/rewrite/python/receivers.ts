/** What a call is made on, and who else looks at it. */
import type { PyNode } from '../../source/python/tree';
import { dotted, within } from './code';
import type { PythonFile } from './file';

/** The first expression among `nodes` that reads a receiver, a part of it, or what it is a part of. */
export function readerOf(file: PythonFile, receiver: PyNode, nodes: readonly PyNode[]): PyNode | null {
  const own = dotted(file.code, receiver);
  if (own === null) return null;
  for (const node of nodes) {
    for (const it of within(node)) {
      const path = dotted(file.code, it);
      // Only whole paths count: `a.b` of `a.b.c` is not looked at by itself.
      if (path === null || (it.parent?.children[0] === it && dotted(file.code, it.parent) !== null)) continue;
      if (path && (path === own || path.startsWith(`${own}.`) || own.startsWith(`${path}.`))) return it;
    }
  }
  return null;
}
