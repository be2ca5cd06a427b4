/** Module state that changes while functions run: each worker has a copy of its own. */
import ts from 'typescript';
import type { SliceWarning } from '../../slice';
import { lineOf } from '../parse';
import { runsAtOnce } from './immediate';
import type { Item } from './items';
import type { ModuleModel } from './model';
import type { Key } from './uses';
import type { Write } from './writes';

export interface StateRequest {
  /** Names that the slice needs. */
  readonly needed: ReadonlySet<Key>;
  readonly kept: ReadonlyMap<Item, string>;
  /** What is kept apart from items. */
  readonly lifted: ts.Node | null;
}

export function stateWarnings({ needed, kept, lifted }: StateRequest, model: ModuleModel): SliceWarning[] {
  const byName = new Map<string, Write[]>();
  for (const write of model.writes) {
    if (!needed.has(write.key) || !isState(write.key, model) || !isLater(write.name)) continue;
    byName.set(write.key, [...(byName.get(write.key) ?? []), write]);
  }
  const isKept = ({ name }: Write): boolean => isWithin(name, lifted) || kept.has(model.index.of(name)!);
  return [...byName].map(([key, writes]) => warningOf(key, writes, writes.find(isKept) ?? null, model));
}

function warningOf(key: string, writes: readonly Write[], own: Write | null, { source, scope }: ModuleModel): SliceWarning {
  const { name } = own ?? writes[0]!;
  const line = lineOf(source, name.getStart(source));
  const writer = writerOf(name);
  const by = writer === null ? `line ${line}` : `\`${writer}\` (line ${line})`;
  const message = own
    ? `\`${key}\` is module state that ${by} changes: each worker has its own copy.`
    : `\`${key}\` is module state that ${by} changes elsewhere: each worker has its own copy, as the module makes it.`;
  return { code: 'module-state', message, line: lineOf(source, scope.names.get(key)![0]!.getStart(source)) };
}

/** Variables, and properties of functions and classes; what is imported is the other module's. */
function isState(key: Key, { scope }: ModuleModel): boolean {
  return scope.names.get(key)?.some((it) => !ts.isImportSpecifier(it) && !ts.isImportClause(it) && !ts.isNamespaceImport(it)) ?? false;
}

/** In a function that runs when it is called, not while the module is loaded. */
function isLater(node: ts.Node): boolean {
  return (
    ts.findAncestor(node.parent, (it) => ts.isFunctionLike(it) && !ts.isClassStaticBlockDeclaration(it) && !runsAtOnce(it)) !== undefined
  );
}

/** The innermost named function around a node. */
function writerOf(node: ts.Node): string | null {
  for (let at = node.parent; at; at = at.parent) {
    if (!ts.isFunctionLike(at)) continue;
    const name = at.name ?? (ts.isVariableDeclaration(at.parent) || ts.isPropertyAssignment(at.parent) ? at.parent.name : undefined);
    if (name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name))) return name.text;
  }
  return null;
}

function isWithin(node: ts.Node, root: ts.Node | null): boolean {
  return root !== null && node.pos >= root.pos && node.end <= root.end;
}
