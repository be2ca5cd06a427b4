/**
 * What code changes besides its own variables, as far as the file shows it. Calls that run side by side must not do that to one
 * another, and workers do it to copies. What other modules do is not seen; their names are judged in `words.ts`.
 */
import type { SourceRange } from '../../source/found-function';
import type { PyNode } from '../../source/python/tree';
import { ancestors, calledName, dotted, functionAround, isFunction, isInside, nameOf, readAssignment, readCall, receiverOf, within } from './code';
import { parametersOf, type PythonFile } from './file';
import type { NameUse } from './../../source/python/scopes';
import { isDeclared } from './names';
import { firstFor } from './refuse';
import { logs, mutators, readsLikeSerial } from './words';

export interface Effect {
  readonly code: 'shared-mutation' | 'one-receiver';
  /** A clause that follows a subject: "changes `total`". */
  readonly what: string;
  readonly line: number;
}

/**
 * The first effect of running a function, or some part of one; callees that the file defines are followed.
 * @param region what counts as inside: variables made here may be changed here
 * @param parts what is run, where that is not all of the region
 */
export function effectIn(file: PythonFile, region: PyNode, parts: readonly PyNode[] = [region], seen: Set<PyNode> = new Set()): Effect | null {
  return new Search(file, region, parts, seen).run();
}

/** The function of this file that a call runs, if it is known which. */
export function calleeIn(file: PythonFile, call: PyNode): PyNode | null {
  const callee = call.children[0]!;
  if (callee.kind === 'VariableName') {
    const name = file.code.of(callee);
    const home = file.names.home({ name, scope: file.names.scopeAround(callee) });
    return home === file.names.module ? file.functionNamed(name) : null;
  }
  const method = selfMethod(file, callee);
  return method === null ? null : file.methodNamed(call, method);
}

/** `m` of `self.m`, where `self` is the first parameter of the method around it. */
export function selfMethod(file: PythonFile, callee: PyNode): string | null {
  const receiver = receiverOf(callee);
  if (!receiver || receiver.kind !== 'VariableName') return null;
  return /^(self|cls)$/.test(file.code.of(receiver)) ? calledName(file.code, callee) : null;
}

class Search {
  readonly #own: SourceRange;

  constructor(
    readonly file: PythonFile,
    readonly region: PyNode,
    readonly parts: readonly PyNode[],
    readonly seen: Set<PyNode>,
  ) {
    this.#own = region;
  }

  run(): Effect | null {
    return firstFor(this.parts, (part) => firstFor(within(part), (node) => this.#at(node)));
  }

  #at(node: PyNode): Effect | null {
    if (node.kind === 'VariableName') return this.#name(node);
    if (node.kind === 'MemberExpression' && isTarget(node)) return this.#changed(node, node);
    if (node.kind === 'CallExpression') return this.#call(node);
    return null;
  }

  /** A binding of a variable that belongs to somebody else. */
  #name(node: PyNode): Effect | null {
    const it = this.file.names.at(node);
    if (!it || it.kind === 'read') return null;
    // Without `global` or `nonlocal`, a binding is the function's own.
    if (!isDeclared(it)) return null;
    const home = this.file.names.home(it);
    if (home && home !== this.file.names.module && isInside(home.node, this.#own)) return null;
    return this.#effect(`changes \`${it.name}\``, node);
  }

  #changed(target: PyNode, at: PyNode): Effect | null {
    const root = rootOf(target);
    if (root && this.#isOwn(root)) return null;
    return this.#effect(`changes \`${short(this.file.code.of(target))}\``, at);
  }

  #call(node: PyNode): Effect | null {
    const { file } = this;
    const call = readCall(file.code, node);
    if (!call) return null;
    const name = calledName(file.code, call.callee);
    const receiver = receiverOf(call.callee);
    if (receiver && name && mutators.has(name) && !calleeIn(file, node) && !file.isModule(receiver) && !this.#isLogger(receiver, name)) {
      const found = this.#changed(receiver, node);
      if (found) return { ...found, what: `changes \`${short(file.code.of(receiver))}\` by \`${name}\`` };
    }
    if (!receiver && name && /^(setattr|delattr|exec|eval|next|anext|input|globals|locals|vars)$/.test(name)) {
      const first = call.args[0]?.value;
      const root = first && /^(setattr|delattr|next|anext)$/.test(name) ? rootOf(first) : null;
      if (!root || !this.#isOwn(root)) return this.#effect(`calls \`${name}\``, node);
    }
    if (receiver && node.parent?.kind === 'AwaitExpression') {
      const owner = dotted(file.code, receiver);
      const root = rootOf(receiver);
      if (owner && readsLikeSerial(owner.split('.').at(-1)!) && !(root && this.#isOwn(root))) {
        return this.#effect(`uses one \`${owner}\` for every call`, node, 'one-receiver');
      }
    }
    return this.#followed(node);
  }

  #followed(call: PyNode): Effect | null {
    const callee = calleeIn(this.file, call);
    if (!callee || this.seen.has(callee)) return null;
    this.seen.add(callee);
    if (this.file.code.fault(callee) !== null) return this.#effect(`calls \`${nameOf(this.file.code, callee)}\`, which has a syntax error,`, call);
    return effectIn(this.file, callee, [callee], this.seen);
  }

  #isLogger(receiver: PyNode, name: string): boolean {
    return logs.has(name) && /log(ger|ging)?$/i.test(this.file.code.of(receiver));
  }

  /** Whether a variable was made here, by an expression that makes something new. */
  #isOwn(root: PyNode): boolean {
    const it = this.file.names.at(root);
    const home = it && this.file.names.home(it);
    if (!it || !home) return false;
    const bindings = this.file.names.variable(it).filter((other) => other.kind !== 'read' && other.kind !== 'delete');
    return bindings.every((binding) => isInside(binding.node, this.#own) && makesNew(this.file, binding));
  }

  #effect(what: string, at: SourceRange, code: Effect['code'] = 'shared-mutation'): Effect {
    return { code, what, line: this.file.code.line(at) };
  }
}

const fresh = new Set<PyNode['kind']>([
  'ArrayExpression', 'ArrayComprehensionExpression', 'SetExpression', 'SetComprehensionExpression', 'DictionaryExpression',
  'DictionaryComprehensionExpression', 'CallExpression', 'Number', 'String', 'FormatString', 'ContinuedString', 'None', 'Boolean',
  'BinaryExpression', 'UnaryExpression',
]);

/** Whether a binding gives its name something that nobody else holds, as far as one can see. */
function makesNew(file: PythonFile, { node, kind }: NameUse): boolean {
  if (kind === 'update') return true;
  const fn = functionAround(node);
  if (fn && parametersOf(file, fn).has(file.code.of(node)) && node.parent?.kind === 'ParamList') return false;
  for (const holder of ancestors(node)) {
    if (holder.kind === 'AssignStatement') {
      const assignment = readAssignment(holder);
      if (!assignment) return holder.children.at(-1) !== undefined && fresh.has(awaited(holder.children.at(-1)!).kind);
      return assignment.value.length === 1 && fresh.has(awaited(assignment.value[0]!).kind);
    }
    if (holder.kind === 'WithStatement' || holder.kind === 'TryStatement') return true;
    if (holder.kind.endsWith('Statement') || isFunction(holder) || holder.kind === 'ParamList') return false;
  }
  return false;
}

const awaited = (node: PyNode): PyNode => (node.kind === 'AwaitExpression' ? node.children[1]! : node);

/** `a` of `a.b[c].d`. */
export function rootOf(node: PyNode): PyNode | null {
  let at = node;
  while (at.kind === 'MemberExpression' || at.kind === 'CallExpression') at = at.children[0]!;
  return at.kind === 'VariableName' ? at : null;
}

/** Whether an attribute or an item is assigned to, changed or deleted where it stands. */
function isTarget(node: PyNode): boolean {
  let at = node;
  let holder = node.parent;
  while (holder && /^(Tuple|Array|Parenthesized)Expression$/.test(holder.kind)) {
    at = holder;
    holder = holder.parent;
  }
  if (!holder) return false;
  const before = (sign: PyNode['kind']): boolean => {
    const last = holder.children.findLastIndex((it) => it.kind === sign);
    return last >= 0 && holder.children.indexOf(at) < last;
  };
  if (holder.kind === 'AssignStatement') return before('AssignOp');
  if (holder.kind === 'UpdateStatement') return before('UpdateOp');
  if (holder.kind === 'DeleteStatement') return true;
  if (holder.kind === 'ForStatement') return before('in');
  if (holder.kind === 'WithStatement') return holder.children[holder.children.indexOf(at) - 1]?.kind === 'as';
  return false;
}

const short = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 60);
