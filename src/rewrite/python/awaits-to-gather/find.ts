/** Rows of statements that each assign what one call gives: `a = await f()`, `b = await g()`. */
import { statementsOf, type PyNode } from '../../../source/python/tree';
import { awaitedCall, isInside, readAssignment, within, type Assignment, type Call } from '../code';
import type { PythonFile } from '../file';
import { functionAt } from '../loop/loop';

export interface Step extends Assignment {
  readonly call: Call;
}

export function stepOf(file: PythonFile, statement: PyNode): Step | null {
  const assignment = readAssignment(statement);
  if (!assignment || assignment.value.length !== 1) return null;
  const call = awaitedCall(file.code, assignment.value[0]!);
  return call && { ...assignment, call };
}

/** Statements that stand side by side and are meant by the selection; each list is one meaning, likeliest first. */
export function rowsAt(file: PythonFile): PyNode[][] {
  const { start, end } = file.request.selection;
  if (start !== end) {
    const chosen = selected(file, start, end);
    if (chosen.length > 0) return [chosen];
  }
  const all = blocks(file.code.root).flatMap((block) => rowsIn(file, statementsOf(block)));
  const lines = (it: PyNode) => ({ start: file.code.lineStart(it.start), end: file.code.lineEnd(it.end) });
  const at = { start, end: start };
  const around = all.filter((row) => row.some((it) => isInside(at, lines(it))));
  if (around.length > 0) return around;
  const lone = awaitAt(file, start);
  if (lone) return [[lone]];
  const fn = functionAt(file, start, end);
  return fn ? all.filter((row) => row.every((it) => isInside(it, fn))) : [];
}

/** The longest run of steps, and then its parts without what has to wait for an earlier step. */
export function rowsIn(file: PythonFile, statements: readonly PyNode[]): PyNode[][] {
  const runs: PyNode[][] = [[]];
  for (const it of statements) {
    if (stepOf(file, it)) runs.at(-1)!.push(it);
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 0).flatMap((run) => (run.length > 2 ? [run, ...independentParts(file, run)] : [run]));
}

function independentParts(file: PythonFile, run: readonly PyNode[]): PyNode[][] {
  const parts: PyNode[][] = [[]];
  const assigned = new Set<string>();
  for (const statement of run) {
    const needs = file.names.in(statement).some((it) => it.kind === 'read' && assigned.has(it.name));
    if (needs) {
      parts.push([]);
      assigned.clear();
    }
    parts.at(-1)!.push(statement);
    for (const it of file.names.in(statement)) if (it.kind === 'write') assigned.add(it.name);
  }
  return parts.filter((it) => it.length > 1 && it.length < run.length);
}

function blocks(root: PyNode): PyNode[] {
  return [...within(root)].filter((it) => it.kind === 'Body' || it.kind === 'Script');
}

/** The statements of the innermost block that a selection touches more than one of. */
function selected(file: PythonFile, start: number, end: number): PyNode[] {
  const touched = blocks(file.code.root).map((block) => statementsOf(block).filter((it) => it.start < end && it.end > start));
  return touched.findLast((it) => it.length > 1) ?? [];
}

/** A lone `await f()` under the cursor. */
function awaitAt(file: PythonFile, offset: number): PyNode | null {
  const all = blocks(file.code.root).flatMap((block) => statementsOf(block));
  return (
    all.findLast((it) => {
      const isAwait = it.kind === 'ExpressionStatement' && it.children[0]!.kind === 'AwaitExpression';
      return isAwait && file.code.lineStart(it.start) <= offset && offset <= file.code.lineEnd(it.end);
    }) ?? null
  );
}
