/** Functions that no name of the module leads to and that use nothing of what is around them: they are taken out where they stand. */
import ts from 'typescript';
import type { LiftedRange } from './blank';

export interface Lift {
  /** A function, a method of an object literal, or a class. */
  readonly node: ts.Node;
  /** The module-level name that it gets. */
  readonly name: string;
  /** The name of the variable that held it, where it calls itself by that. */
  readonly alias: string | null;
}

export function liftedRange({ node, name }: Lift, source: ts.SourceFile): LiftedRange {
  const start = node.getStart(source);
  return ts.isMethodDeclaration(node)
    ? { start, end: node.end, before: `;const ${name}=({`, after: '});' }
    : { start, end: node.end, before: `;const ${name}=`, after: ';' };
}
