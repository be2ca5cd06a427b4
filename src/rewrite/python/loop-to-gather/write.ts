/** The loop as a gather, or as a group of tasks. */
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { PyNode } from '../../../source/python/tree';
import type { EditPlan, TextEdit } from '../../edit-plan';
import { needsParentheses } from '../await-place';
import { calledName, readCall, type Code } from '../code';
import { inOrder } from '../edits';
import type { PythonFile } from '../file';
import { NeededImports } from '../imports';
import { inLine, wrapped, type Brackets } from '../layout';
import { bodyLines, clause, collected, gapBefore, headComment, hostStatement, looseComments, replacedRange } from '../loop/text';
import { refusal } from '../refuse';
import type { GatherableLoop } from './check';

export function write(file: PythonFile, loop: GatherableLoop): Result<EditPlan, Refusal> {
  const writer = new Writer(file, loop);
  return loop.collector ? ok(writer.statement()) : writer.comprehension();
}

class Writer {
  readonly #code: Code;
  readonly #imports: NeededImports;
  readonly #limit: number | undefined;
  readonly #asGroup: boolean;

  constructor(
    readonly file: PythonFile,
    readonly loop: GatherableLoop,
  ) {
    const { concurrency, taskGroup, project } = file.request;
    this.#code = file.code;
    this.#imports = new NeededImports(file, loop.node);
    this.#limit = concurrency;
    const [major, minor] = project.python ?? [3, 9];
    this.#asGroup = taskGroup === true && (major > 3 || minor >= 11);
  }

  /** In the place of a `for` statement. */
  statement(): EditPlan {
    const { loop } = this;
    const indent = this.#code.indentOf(loop.node);
    const turn = this.#turn(indent);
    const body = { start: loop.iterable.end, end: loop.node.end };
    const kept = [turn.before.length > 0 ? body : loop.only!, loop.iterable, loop.target];
    const gap = turn.before.length > 0 ? gapBefore(this.#code, replacedRange(loop)) : [];
    const lines = [...gap, ...looseComments(this.#code, loop, kept).map((it) => indent + it), ...turn.before];
    const { head, bracket } = collected(this.#code, loop);
    if (this.#asGroup) {
      const group = this.#group(indent, turn.call);
      const brackets = bracket.length > 0 ? bracket : ([[`${head}[`, ']']] as const);
      lines.push(...group.before, wrapped(this.#code, indent, brackets, [group.results]));
    } else {
      const gather = this.#imports.member('asyncio', 'gather');
      lines.push(wrapped(this.#code, indent, [...bracket, [`${head}await ${gather}(`, ')'], ['*(', ')']], [turn.call, clause(this.#code, loop)]));
    }
    const range = replacedRange(loop);
    return this.#plan([{ start: this.#code.lineStart(range.start), end: range.end, newText: lines.join(this.#code.eol) }]);
  }

  /** In the place of a list comprehension; what has to come first goes before its statement. */
  comprehension(): Result<EditPlan, Refusal> {
    const { loop } = this;
    const { node } = loop;
    const host = hostStatement(this.#code, node);
    const needsHost = this.#asGroup || this.#limit !== undefined || !loop.only;
    if (needsHost && !host) {
      const line = this.#code.line(node);
      return err(refusal('nested-loop', 'The comprehension is part of a larger expression that the new code cannot go before.', line));
    }
    const indent = this.#code.indentOf(host ?? node);
    const turn = this.#turn(indent);
    const before = [...turn.before];
    let value: string;
    if (this.#asGroup) {
      const group = this.#group(indent, turn.call);
      before.push(...group.before);
      value = `[${group.results}]`;
    } else {
      const gather = this.#imports.member('asyncio', 'gather');
      const outer: Brackets = needsParentheses(node) ? [['(', ')']] : [];
      const pieces = [turn.call, clause(this.#code, loop)];
      const brackets: Brackets = [...outer, [`await ${gather}(`, ')'], ['*(', ')']];
      const head = host && isWholeValue(host, node) ? this.#code.text.slice(host.start, node.start) : null;
      value = head === null ? inLine(brackets, pieces) : wrapped(this.#code, indent, [[`${head}${brackets[0]![0]}`, ')'], ...brackets.slice(1)], pieces).slice(indent.length + head.length);
    }
    const prelude = before.map((it) => it + this.#code.eol).join('');
    const edits: TextEdit[] = [{ start: node.start, end: node.end, newText: value }];
    if (host && prelude) edits.push({ start: this.#code.lineStart(host.start), end: this.#code.lineStart(host.start), newText: prelude });
    return ok(this.#plan(edits));
  }

  /** The call for one item, and what has to be defined for it. */
  #turn(indent: string): { before: string[]; call: string } {
    const { loop } = this;
    if (loop.only && this.#limit === undefined && !(this.#asGroup && !this.#isCoroutine())) {
      return { before: [], call: this.#code.of(loop.only) };
    }
    const callee = calledName(this.#code, readCall(this.#code, loop.named)!.callee)!;
    const limited = this.#limit !== undefined;
    const name = this.file.names.fresh(limited ? `${callee}_within_limit` : `${callee}_one`);
    const parameters = [...loop.targetNames].join(', ');
    const inner = indent + this.#code.indent;
    const define = `${indent}async def ${name}(${parameters}):${headComment(this.#code, loop)}`;
    const call = `${name}(${parameters})`;
    if (!limited) return { before: [define, ...bodyLines(this.#code, loop, inner), ''], call };
    const limit = this.file.names.fresh('limit');
    const before = [
      `${indent}${limit} = ${this.#imports.member('asyncio', 'Semaphore')}(${this.#limit})`,
      '',
      define,
      `${inner}async with ${limit}:`,
      ...bodyLines(this.#code, loop, inner + this.#code.indent),
      '',
    ];
    return { before, call };
  }

  /** A group takes coroutines only, not whatever can be awaited. */
  #isCoroutine(): boolean {
    const call = readCall(this.#code, this.loop.only!);
    const callee = call?.callee.kind === 'VariableName' ? this.file.functionNamed(this.#code.of(call.callee)) : null;
    return callee !== null && callee.children[0]?.kind === 'async' && callee.parent?.kind !== 'DecoratedStatement';
  }

  #group(indent: string, call: string): { before: string[]; results: string } {
    const { names } = this.file;
    const group = names.fresh('group');
    const tasks = names.fresh('tasks');
    const task = names.fresh('task');
    const inner = indent + this.#code.indent;
    return {
      before: [
        `${indent}async with ${this.#imports.member('asyncio', 'TaskGroup')}() as ${group}:`,
        wrapped(this.#code, inner, [[`${tasks} = [`, ']']], [`${group}.create_task(${call})`, clause(this.#code, this.loop)]),
      ],
      results: `${task}.result() for ${task} in ${tasks}`,
    };
  }

  #plan(edits: readonly TextEdit[]): EditPlan {
    return {
      recipe: 'loop-to-gather',
      title: this.#asGroup ? 'Run the calls of this loop in a task group' : 'Run the calls of this loop with asyncio.gather',
      edits: inOrder([...this.#imports.edits(), ...edits]),
      newFiles: [],
      packages: [],
      changes: this.#changes(),
      leftToDo: [],
    };
  }

  #changes(): string[] {
    const started = this.#limit === undefined ? 'All calls are started before the first has ended' : `Up to ${this.#limit} calls are under way at once`;
    return [
      `${started}; the results keep their order.`,
      this.#asGroup
        ? 'After one failure the other calls are cancelled, and the error arrives in an ExceptionGroup.'
        : 'After one failure the error is raised at once, and the other calls go on in the background.',
      'Whatever the calls do besides giving a result may happen in another order.',
      'The items are read to their end before the first call runs.',
    ];
  }
}

/** Whether a node is all that a statement assigns or returns. */
const isWholeValue = (host: PyNode, node: PyNode): boolean => node.parent === host && host.children.at(-1) === node;
