/** What a `try` lets the rest of a function see of work that failed half-way. */
import { statementsOf, type PyNode } from '../../source/python/tree';
import { ancestors, calledName, isFunction, isInside, readCall, within } from './code';
import type { PythonFile } from './file';
import type { NameUse } from './../../source/python/scopes';
import { swallows } from './words';

/** A use of a variable that can follow a failure of `node`, which may or may not have assigned it by then. */
export function useAfterFailure(file: PythonFile, node: PyNode, variable: readonly NameUse[]): NameUse | null {
  const uses = variable.filter((it) => it.kind === 'read' && !isInside(it.node, node));
  let at = node;
  for (const holder of ancestors(node)) {
    if (isFunction(holder)) return null;
    const swallowed = holder.kind === 'WithStatement' && swallowsErrors(file, holder) ? uses.find((it) => !isInside(it.node, holder)) : null;
    const found = (holder.kind === 'TryStatement' ? useAfterTry(holder, at, uses) : null) ?? swallowed;
    if (found) return found;
    at = holder;
  }
  return null;
}

function useAfterTry(statement: PyNode, part: PyNode, uses: readonly NameUse[]): NameUse | null {
  const blocks = blocksOf(statement);
  if (blocks[0]?.body !== part) return null;
  const handlers = blocks.filter((it) => it.keyword === 'except');
  const readers = blocks.filter((it) => it.keyword === 'except' || it.keyword === 'finally');
  const inHandler = uses.find((it) => readers.some(({ body }) => isInside(it.node, body)));
  if (inHandler) return inHandler;
  const goesOn = handlers.some(({ body }) => !/^(Raise|Return)Statement$/.test(statementsOf(body).at(-1)?.kind ?? ''));
  return goesOn ? (uses.find((it) => !isInside(it.node, part)) ?? null) : null;
}

/** The blocks of a `try`, each with the word that begins it. */
function blocksOf(statement: PyNode): { keyword: string; body: PyNode }[] {
  let keyword = 'try';
  return statement.children.flatMap((it) => {
    if (/^(try|except|else|finally)$/.test(it.kind)) keyword = it.kind;
    return it.kind === 'Body' ? [{ keyword, body: it }] : [];
  });
}

const swallowsErrors = (file: PythonFile, statement: PyNode): boolean =>
  statement.children
    .filter((it) => it.kind !== 'Body')
    .some((it) => [...within(it)].some((node) => swallows.has(calledName(file.code, readCall(file.code, node)?.callee ?? node) ?? '')));
