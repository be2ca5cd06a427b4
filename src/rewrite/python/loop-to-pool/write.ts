/** The loop as a map over the processes of a pool. */
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { PyNode } from '../../../source/python/tree';
import { applyPlan } from '../../apply';
import type { EditPlan, TextEdit } from '../../edit-plan';
import { bare, readAssignment } from '../code';
import { inOrder } from '../edits';
import type { PythonFile } from '../file';
import { NeededImports } from '../imports';
import { inLine, wrapped } from '../layout';
import { collected, hostStatement, iterableText, looseComments, replacedRange } from '../loop/text';
import { guardEdits, unguardedFrom } from '../main-guard';
import { refusal } from '../refuse';
import type { PoolLoop } from './check';

export function write(file: PythonFile, loop: PoolLoop): Result<EditPlan, Refusal> {
  const { code } = file;
  const guarded = unguardedFrom(file, loop.collector?.made ?? loop.node);
  if (!guarded.ok) return guarded;
  const host = loop.collector ? loop.node : hostStatement(code, loop.node);
  if (!host) {
    const line = code.line(loop.node);
    return err(refusal('nested-loop', 'The comprehension is part of a larger expression, which cannot be put under the pool.', line));
  }
  // A guard moves the loop one level to the right only where the loop itself is under it.
  const first = guarded.value;
  const range = loop.collector ? replacedRange(loop) : { start: host.start, end: host.end };
  const moves = first !== null && range.end > first.start;
  const indent = code.indentOf(host) + (moves ? code.indent : '');
  const imports = new NeededImports(file, loop.node);
  const lines = poolLines(file, loop, host, indent, imports);
  const replaced = { start: code.lineStart(range.start), end: range.end };
  const edits: TextEdit[] = [...imports.edits(), { ...replaced, newText: lines.join(code.eol) }];
  if (first) edits.push(...guardEdits(file, first, moves ? replaced : null));
  return ok({
    recipe: 'loop-to-pool',
    title: 'Run the calls of this loop in a pool of processes',
    edits: inOrder(edits),
    newFiles: [],
    packages: [],
    changes: [
      'The calls run in worker processes; the results keep their order.',
      'Arguments and results are copied to and fro, so they have to be of kinds that `pickle` can copy.',
      'After one failure the calls that were handed out go on before the error is raised.',
      'Variables of the module are the worker’s own: what a call changes there is not seen here.',
      ...(first ? ['What stands under the new main guard runs when the file is run, and no longer when it is imported.'] : []),
    ],
    leftToDo: [],
  });
}

function poolLines(file: PythonFile, loop: PoolLoop, host: PyNode, indent: string, imports: NeededImports): string[] {
  const { code } = file;
  const inner = indent + code.indent;
  const items = sourceOf(file, loop);
  const call = loop.call;
  const sources = call.args.map(({ value }) => argumentSource(file, loop, value, items.name, imports));
  const executor = file.names.fresh('executor');
  const chunk = `chunksize=len(${items.name}) // 100 + 1`;
  const map = `${executor}.map(`;
  const body = [...[code.of(call.callee), ...sources].map((it) => `${it},`), chunk];
  const comments = looseComments(code, loop, [call.node, loop.iterable, loop.target]).map((it) => indent + it);
  const opening = `${indent}with ${imports.member('concurrent.futures', 'ProcessPoolExecutor')}() as ${executor}:`;
  const before = items.statement ? [indent + items.statement] : [];
  const { head, bracket } = collected(code, loop);
  if (loop.collector) {
    const brackets = bracket.length > 0 ? [...bracket, [map, ')'] as const] : [[`${head}list(`, ')'] as const, [map, ')'] as const];
    return [...comments, ...before, opening, wrapped(code, inner, brackets, body)];
  }
  const node = { start: loop.node.start - host.start, end: loop.node.end - host.start };
  const brackets = [['list(', ')'], [map, ')']] as const;
  if (loop.node.parent === host && host.children.at(-1) === loop.node) {
    const head = code.text.slice(host.start, loop.node.start);
    return [...before, opening, wrapped(code, inner, [[head + brackets[0][0], ')'], brackets[1]], body)];
  }
  const statement = applyPlan(code.of(host), [{ ...node, newText: inLine(brackets, body) }]);
  return [...before, opening, ...statement.split(/\r\n|\r|\n/).map((it, at) => (at === 0 ? inner + it : code.indent + it))];
}

/** The name of what is iterated: it has a length, and can be gone through more than once. */
function sourceOf(file: PythonFile, loop: PoolLoop): { name: string; statement: string | null } {
  const { code } = file;
  const [only, ...rest] = loop.iterables;
  const text = iterableText(code, loop);
  if (!loop.filter && rest.length === 0 && only!.kind === 'VariableName' && isSized(file, only!)) return { name: code.of(only!), statement: null };
  const name = file.names.fresh('items');
  const target = code.of(loop.target);
  if (loop.filter) {
    const element = target.includes(',') && !/^[([]/.test(target) ? `(${target})` : target;
    return { name, statement: `${name} = [${element} for ${target} in ${text} ${code.of(loop.filter)}]` };
  }
  const isKnown = rest.length > 0 || makesSized(file, only!);
  return { name, statement: `${name} = ${isKnown ? text : `list(${text})`}` };
}

const sizedTypes = /^(:\s*)?["']?(typing\.|t\.|collections\.abc\.)?(list|List|tuple|Tuple|Sequence|MutableSequence|range|str|bytes)\b/;

/** Whether every binding of a name gives it something that has a length and keeps its items. */
function isSized(file: PythonFile, name: PyNode): boolean {
  const use = file.names.at(name);
  if (!use || !file.names.home(use)) return false;
  const writes = file.names.variable(use).filter((it) => it.kind !== 'read');
  return (
    writes.length > 0 &&
    writes.every((it) => {
      const holder = it.node.parent;
      if (holder?.kind === 'ParamList') {
        const type = holder.children[holder.children.indexOf(it.node) + 1];
        const before = holder.children[holder.children.indexOf(it.node) - 1]?.kind;
        return before === '*' || (type?.kind === 'TypeDef' && sizedTypes.test(file.code.of(type)) && !/\bNone\b/.test(file.code.of(type)));
      }
      const assignment = holder && readAssignment(holder);
      return it.kind === 'write' && assignment?.targets.length === 1 && assignment.value.length === 1 && makesSized(file, assignment.value[0]!);
    })
  );
}

function makesSized(file: PythonFile, value: PyNode): boolean {
  const it = bare(value);
  if (/^(Array|ArrayComprehension|Tuple)Expression$/.test(it.kind)) return true;
  return it.kind === 'CallExpression' && /^builtins\.(list|sorted|tuple|range)$/.test(file.qualified(it.children[0]!) ?? '');
}

/** One iterable of `map`: the items themselves, a value made of each, or one value for all. */
function argumentSource(file: PythonFile, loop: PoolLoop, value: PyNode, items: string, imports: NeededImports): string {
  const { code } = file;
  const text = code.of(value);
  const target = code.of(loop.target);
  if (text === target) return items;
  const usesItem = file.names.in(value).some((it) => loop.targetNames.has(it.name));
  if (!usesItem) return `${imports.member('itertools', 'repeat')}(${text})`;
  return `(${text} for ${target} in ${items})`;
}

