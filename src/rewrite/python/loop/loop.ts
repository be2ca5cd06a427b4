/** A loop that collects one result an item: `for x in xs: acc.append(…)`, or `[… for x in xs]`. */
import { err, ok, type Result } from '../../../base/result';
import type { Refusal, SourceRange } from '../../../source/found-function';
import { childOf, childrenOf, statementsOf, type PyNode } from '../../../source/python/tree';
import { ancestors, bare, bodyOf, calledName, functionAround, readAssignment, readCall, receiverOf, running, within, type Call } from '../code';
import { brokenCode } from '../broken';
import type { PythonFile } from '../file';
import { refusal } from '../refuse';

export interface Loop {
  readonly node: PyNode;
  /** The function that runs it; `null` at the module's level. */
  readonly fn: PyNode | null;
  /** Between `for` and `in`. */
  readonly target: SourceRange;
  readonly targetNames: ReadonlySet<string>;
  readonly iterable: SourceRange;
  readonly iterables: readonly PyNode[];
  /** What is evaluated for each item, and collected. */
  readonly element: PyNode;
  /** What is run for each item before that. */
  readonly statements: readonly PyNode[];
  /** Where the results go; absent for a comprehension, whose value they are. */
  readonly collector?: Collector;
  /** `if …` of a comprehension. */
  readonly filter?: SourceRange;
}

export interface Collector {
  readonly name: string;
  readonly node: PyNode;
  /** `acc.append(…)`, the last statement of the body. */
  readonly push: PyNode;
  /** `acc = []` where it stands right before the loop, with nothing but white space between. */
  readonly made: PyNode | null;
}

/** Every loop that is meant by the request's selection, likeliest first: those around it from the inside out, else those in its function. */
export function loopsAt(file: PythonFile): PyNode[] {
  const { start, end } = file.request.selection;
  const all = [...loopsIn(file.code.root)];
  const whole = (it: PyNode): SourceRange => ({ start: file.code.lineStart(it.start), end: file.code.lineEnd(it.end) });
  const around = all.filter((it) => {
    const range = it.kind.endsWith('Statement') ? whole(it) : it;
    return range.start <= start && end <= range.end;
  });
  if (around.length > 0) return around.reverse();
  const inside = all.filter((it) => start <= it.start && it.end <= end);
  if (inside.length > 0) return inside;
  const fn = functionAt(file, start, end);
  return fn ? [...loopsIn(fn)] : [];
}

/** The innermost function around the selection; a cursor on its first line or in a decorator counts. */
export function functionAt(file: PythonFile, start: number, end: number): PyNode | null {
  let found: PyNode | null = null;
  for (const it of within(file.code.root)) {
    if (it.kind !== 'FunctionDefinition') continue;
    const outer = it.parent?.kind === 'DecoratedStatement' ? it.parent : it;
    if (file.code.lineStart(outer.start) <= start && end <= file.code.lineEnd(it.end)) found = it;
  }
  return found;
}

export function* loopsIn(node: PyNode): Generator<PyNode> {
  for (const it of within(node)) {
    if (it.kind === 'ForStatement' || it.kind === 'WhileStatement' || it.kind === 'ArrayComprehensionExpression') yield it;
  }
}

/** Reads a loop, or says why it does not have the shape of one that collects. */
export function readLoop(file: PythonFile, node: PyNode): Result<Loop, Refusal> {
  const broken = brokenCode(file, node);
  if (broken) return err(broken);
  return node.kind === 'ArrayComprehensionExpression' ? readComprehension(file, node) : readStatement(file, node);
}

function readStatement(file: PythonFile, node: PyNode): Result<Loop, Refusal> {
  const { code } = file;
  const line = code.line(node);
  if (node.kind === 'WhileStatement') {
    return err(refusal('while', 'A `while` loop decides after each turn whether there is a next one.', line));
  }
  if (childOf(node, 'async')) {
    return err(refusal('async-for', '`async for` takes its items one at a time, as they come.', line));
  }
  if (childOf(node, 'else')) {
    return err(refusal('for-else', 'The loop has an `else` block, which depends on how the loop ended.', code.line(childOf(node, 'else')!)));
  }
  const body = bodyOf(node)!;
  const statements = statementsOf(body);
  const leaves = leavingStatement(file, node);
  if (leaves) return err(leaves);
  const push = readPush(file, statements.at(-1));
  if (!push) return err(noPush(file, node));
  const collector: Collector = {
    name: code.of(push.receiver),
    node: push.receiver,
    push: statements.at(-1)!,
    made: madeBefore(file, node, code.of(push.receiver)),
  };
  return ok({ node, fn: functionAround(node), ...headOf(file, node), element: push.value, statements: statements.slice(0, -1), collector });
}

function readComprehension(file: PythonFile, node: PyNode): Result<Loop, Refusal> {
  const { code } = file;
  const line = code.line(node);
  if (childOf(node, 'async')) return err(refusal('async-for', '`async for` takes its items one at a time, as they come.', line));
  if (childrenOf(node, 'for').length !== 1) {
    return err(refusal('nested-loop', 'The comprehension has two loops. Only one loop over one source can be rewritten.', line));
  }
  const element = node.children[1]!;
  const at = node.children.findIndex((it) => it.kind === 'if');
  const filter = at < 0 ? undefined : { start: node.children[at]!.start, end: node.children.at(-2)!.end };
  return ok({ node, fn: functionAround(node), ...headOf(file, node), element, statements: [], ...(filter && { filter }) });
}

function headOf(file: PythonFile, node: PyNode) {
  const from = node.children.findIndex((it) => it.kind === 'for');
  const to = node.children.findIndex((it) => it.kind === 'in');
  const rest = node.children.slice(to + 1);
  const stop = rest.findIndex((it) => it.kind === 'Body' || it.kind === 'if' || it.kind === ']');
  const iterables = rest.slice(0, stop);
  const targets = node.children.slice(from + 1, to);
  const target = { start: targets[0]!.start, end: targets.at(-1)!.end };
  const targetNames = new Set(file.names.in(target).filter((it) => it.kind === 'write').map((it) => it.name));
  return { target, targetNames, iterables, iterable: { start: iterables[0]!.start, end: iterables.at(-1)!.end } };
}

/** `acc.append(value)` */
function readPush(file: PythonFile, statement: PyNode | undefined): { receiver: PyNode; value: PyNode } | null {
  const call = statement?.kind === 'ExpressionStatement' ? readCall(file.code, statement.children[0]!) : null;
  if (!call || !isPush(file, call)) return null;
  const receiver = receiverOf(call.callee)!;
  return receiver.kind === 'VariableName' ? { receiver, value: call.args[0]!.value } : null;
}

const isPush = (file: PythonFile, call: Call): boolean =>
  receiverOf(call.callee) !== null && calledName(file.code, call.callee) === 'append' && call.args.length === 1 && call.args[0]!.kind === '';

function noPush(file: PythonFile, loop: PyNode): Refusal {
  const { code } = file;
  for (const it of running(bodyOf(loop)!)) {
    const call = readCall(code, it);
    if (!call || !isPush(file, call)) continue;
    const receiver = code.of(receiverOf(call.callee)!);
    const isLast = statementsOf(bodyOf(loop)!).at(-1) === it.parent;
    const message = isLast
      ? `The results go to \`${receiver}\`, which others can see while the loop runs. Only a list in a variable of the function can be filled at once.`
      : `\`${receiver}.append\` has to run exactly once for each item, as the last statement of the loop.`;
    return refusal(isLast ? 'accumulator-shared' : 'conditional-push', message, code.line(it));
  }
  return refusal(
    'no-result',
    'The loop collects no results in a list, so its calls are made for what they do: they might no longer happen in order.',
    code.line(loop),
  );
}

/** A statement that ends the loop, or a turn of it, early. */
function leavingStatement(file: PythonFile, loop: PyNode): Refusal | null {
  for (const it of running(bodyOf(loop)!)) {
    const line = file.code.line(it);
    if (it.kind === 'BreakStatement' && ownerOf(it) === loop) {
      return refusal('break', `\`break\` at line ${line}: later iterations must not start.`, line);
    }
    if (it.kind === 'ContinueStatement' && ownerOf(it) === loop) {
      return refusal('continue', `\`continue\` at line ${line}: an iteration can end before its result is there.`, line);
    }
    if (it.kind === 'ReturnStatement') return refusal('return', `\`return\` at line ${line}: later iterations must not start.`, line);
    if (it.kind === 'YieldExpression' || it.kind === 'YieldStatement') {
      return refusal('yield', `\`yield\` at line ${line}: items are handed out one at a time.`, line);
    }
  }
  return null;
}

function ownerOf(statement: PyNode): PyNode | null {
  for (const it of ancestors(statement)) if (it.kind === 'ForStatement' || it.kind === 'WhileStatement') return it;
  return null;
}

/** The statement before the loop, where it makes the empty list. */
function madeBefore(file: PythonFile, loop: PyNode, name: string): PyNode | null {
  const { code } = file;
  const block = loop.parent!;
  const before = block.children[block.children.indexOf(loop) - 1];
  if (!before || !isEmptyList(file, before, name)) return null;
  const between = code.text.slice(before.end, loop.start);
  return between.trim() === '' && code.startsLine(before) ? before : null;
}

/** `name = []`, `name: list[T] = []`, `name = list()` */
export function isEmptyList(file: PythonFile, statement: PyNode, name: string): boolean {
  const assignment = readAssignment(statement);
  if (!assignment || assignment.targets.length !== 1 || assignment.value.length !== 1) return false;
  const [target] = assignment.targets;
  const value = bare(assignment.value[0]!);
  const text = file.code.of(value).replace(/\s/g, '');
  return target!.kind === 'VariableName' && file.code.of(target!) === name && (text === '[]' || text === 'list()');
}
