/** A Python file as the recipes see it: text, tree, lines, and how its author writes. */
import { err, ok, type Result } from '../../base/result';
import type { Refusal, SourceRange } from '../../source/found-function';
import { faultIn, lineOf, parse, type PySource } from '../../source/python/parse';
import { tokenize } from '../../source/python/tokens';
import { childOf, statementsOf, walk, type PyNode } from '../../source/python/tree';

export class Code {
  readonly text: string;
  readonly root: PyNode;
  #style: { readonly eol: string; readonly indent: string; readonly quote: string } | null = null;
  #comments: readonly SourceRange[] | null = null;

  constructor(readonly source: PySource) {
    this.text = source.text;
    this.root = source.root;
  }

  /** Line break of the file: its first one. */
  get eol(): string {
    return this.#styleOf().eol;
  }

  /** One level of indentation: that of the first indented block; four spaces where there is none. */
  get indent(): string {
    return this.#styleOf().indent;
  }

  /** The quotation mark that most of its short strings have. */
  get quote(): string {
    return this.#styleOf().quote;
  }

  /** Where comments stand, in order. */
  get comments(): readonly SourceRange[] {
    return (this.#comments ??= commentsOf(this.text));
  }

  #styleOf() {
    const eol = /\r\n|\r|\n/.exec(this.text)?.[0] ?? '\n';
    return (this.#style ??= { eol, indent: this.#firstIndent(), quote: commonQuote(this.text) });
  }

  of(range: SourceRange): string {
    return this.text.slice(range.start, range.end);
  }

  /** 1-based. */
  line(at: SourceRange | number): number {
    return lineOf(this.source, typeof at === 'number' ? at : at.start);
  }

  lineStart(offset: number): number {
    return this.source.lineStarts[this.line(offset) - 1]!;
  }

  /** Offset of the line break that ends the line of `offset`, or the end of the file. */
  lineEnd(offset: number): number {
    const next = this.source.lineStarts[this.line(offset)] ?? this.text.length + 1;
    const end = next - 1;
    return end > offset && this.text[end] === '\n' && this.text[end - 1] === '\r' ? end - 1 : Math.min(end, this.text.length);
  }

  /** White space before the code of a node's line. */
  indentOf(node: SourceRange): string {
    return /^[ \t]*/.exec(this.text.slice(this.lineStart(node.start), node.start))![0];
  }

  /** Whether nothing but white space stands before a node on its line. */
  startsLine(node: SourceRange): boolean {
    return this.text.slice(this.lineStart(node.start), node.start).trim() === '';
  }

  /** Whether nothing but white space and a comment stands after a node on its line. */
  endsLine(node: SourceRange): boolean {
    return /^[ \t]*(?:#.*)?$/.test(this.text.slice(node.end, this.lineEnd(node.end)));
  }

  commentsIn({ start, end }: SourceRange): SourceRange[] {
    return this.comments.filter((it) => it.start >= start && it.end <= end);
  }

  fault(node: PyNode): number | null {
    return faultIn(this.source, node);
  }

  #firstIndent(): string {
    let found: string | null = null;
    walk(this.root, (node) => {
      if (found !== null) return false;
      const first = node.kind === 'Body' && node.parent ? statementsOf(node)[0] : undefined;
      if (first && this.startsLine(first)) {
        const inner = this.indentOf(first);
        const outer = this.indentOf(node.parent!);
        if (inner.length > outer.length) found = inner.slice(outer.length);
      }
      return true;
    });
    return found ?? '    ';
  }
}

export function readCode(path: string, text: string): Result<Code, Refusal> {
  const source = parse(path, text);
  return source.ok ? ok(new Code(source.value)) : err(source.error);
}

function commonQuote(text: string): string {
  const strings = tokenize(text).tokens.filter((it) => it.kind === 'string').map((it) => text.slice(it.start, it.end));
  const single = strings.filter((it) => /^\w*'(?!'')/.test(it)).length;
  const double = strings.filter((it) => /^\w*"(?!"")/.test(it)).length;
  return single > double ? "'" : '"';
}

/** What stands between tokens is white space, line continuation, or a comment. */
function commentsOf(text: string): SourceRange[] {
  const found: SourceRange[] = [];
  let at = 0;
  const gap = (end: number): void => {
    const hash = text.indexOf('#', at);
    if (hash < 0 || hash >= end) return;
    for (const { index, 0: comment } of text.slice(at, end).matchAll(/#.*/g)) {
      found.push({ start: at + index, end: at + index + comment.length });
    }
  };
  for (const token of tokenize(text).tokens) {
    if (token.start > at) gap(token.start);
    at = Math.max(at, token.end);
  }
  gap(text.length);
  return found;
}

// The tree --------------------------------------------------------------------------------------------------------------

export const isFunction = (node: PyNode): boolean => node.kind === 'FunctionDefinition';
export const isAsync = (fn: PyNode): boolean => childOf(fn, 'async') !== undefined;
export const bodyOf = (node: PyNode): PyNode | undefined => childOf(node, 'Body');

export function nameOf(code: Code, definition: PyNode): string {
  const name = childOf(definition, 'VariableName');
  return name ? code.of(name) : '';
}

/** A node and everything in it, in order of appearance; `enters` says whether to look inside of a node. */
export function* within(node: PyNode, enters: (node: PyNode) => boolean = () => true): Generator<PyNode> {
  yield node;
  if (enters(node)) for (const child of node.children) yield* within(child, enters);
}

/** Like `within`, without what stands in functions, lambdas and classes inside of the node: that runs at another time. */
export const running = (node: PyNode): Generator<PyNode> => within(node, (it) => it === node || !opensScope(it));

const opensScope = ({ kind }: PyNode): boolean =>
  kind === 'FunctionDefinition' || kind === 'LambdaExpression' || kind === 'ClassDefinition';

export function* ancestors(node: PyNode): Generator<PyNode> {
  for (let at = node.parent; at; at = at.parent) yield at;
}

export const isInside = (node: SourceRange, outer: SourceRange): boolean => node.start >= outer.start && node.end <= outer.end;

/** The function that runs a node, not counting lambdas; `null` in a class or at the module's level. */
export function functionAround(node: PyNode): PyNode | null {
  for (const it of ancestors(node)) {
    if (isFunction(it)) return it;
    if (it.kind === 'ClassDefinition') return null;
  }
  return null;
}

/** The class whose method a function is. */
export function classAround(fn: PyNode): PyNode | null {
  for (const it of ancestors(fn)) {
    if (it.kind === 'ClassDefinition') return it;
    if (isFunction(it)) return null;
  }
  return null;
}

export function topLevel(node: PyNode): PyNode {
  let at = node;
  while (at.parent?.parent) at = at.parent;
  return at;
}

/** A generator that is the only argument of a call has the list of arguments for its node. */
export const isComprehension = (node: PyNode): boolean =>
  node.kind.endsWith('ComprehensionExpression') || (node.kind === 'ArgList' && childOf(node, 'for') !== undefined);

export const isGenerator = (node: PyNode): boolean =>
  isComprehension(node) && (node.kind === 'ComprehensionExpression' || node.kind === 'ArgList');

/** What stands in parentheses. */
export function bare(node: PyNode): PyNode {
  let at = node;
  while (at.kind === 'ParenthesizedExpression' && at.children[1]) at = at.children[1];
  return at;
}

/** `a.b.c` without white space; `null` for anything but a dotted name. */
export function dotted(code: Code, node: PyNode): string | null {
  if (node.kind === 'VariableName') return code.of(node);
  if (node.kind !== 'MemberExpression' || !childOf(node, '.')) return null;
  const owner = dotted(code, node.children[0]!);
  const member = childOf(node, 'PropertyName');
  return owner && member ? `${owner}.${code.of(member)}` : null;
}

/** What a call is made on: `a.b` of `a.b.c()`. */
export const receiverOf = (callee: PyNode): PyNode | null =>
  callee.kind === 'MemberExpression' && childOf(callee, '.') ? callee.children[0]! : null;

/** The last word of what is called: `c` of `a.b.c()`. */
export function calledName(code: Code, callee: PyNode): string | null {
  if (callee.kind === 'VariableName') return code.of(callee);
  const member = receiverOf(callee) && childOf(callee, 'PropertyName');
  return member ? code.of(member) : null;
}

export interface Argument {
  /** `''`, `*`, `**`, or the keyword. */
  readonly kind: string;
  readonly value: PyNode;
}

export interface Call {
  readonly node: PyNode;
  readonly callee: PyNode;
  readonly args: readonly Argument[];
}

export function readCall(code: Code, node: PyNode): Call | null {
  const list = node.kind === 'CallExpression' && childOf(node, 'ArgList');
  if (!list) return null;
  return { node, callee: node.children[0]!, args: isComprehension(list) ? [{ kind: '', value: list }] : readArguments(code, list) };
}

function readArguments(code: Code, list: PyNode): Argument[] {
  const args: Argument[] = [];
  let kind = '';
  list.children.forEach((it, at) => {
    if (it.kind === '(' || it.kind === ')' || it.kind === ',') kind = '';
    else if (it.kind === '*' || it.kind === '**') kind = it.kind;
    else if (list.children[at + 1]?.kind === 'AssignOp') kind = isWalrus(code, list.children[at + 1]!) ? '' : code.of(it);
    else if (it.kind !== 'AssignOp') args.push({ kind, value: it });
  });
  return args;
}

const isWalrus = (code: Code, sign: PyNode): boolean => sign.kind === 'AssignOp' && code.of(sign) === ':=';

/** The first `name := value` in a node: from the name on. */
export function walrusIn(code: Code, node: PyNode): SourceRange | null {
  const sign = [...within(node)].find((it) => isWalrus(code, it));
  const siblings = sign?.parent?.children ?? [];
  const at = sign ? siblings.indexOf(sign) : -1;
  return at < 1 ? null : { start: siblings[at - 1]!.start, end: siblings[at + 1]?.end ?? sign!.end };
}

/** The text of a call's arguments, without the parentheses. */
export function argumentText(code: Code, call: Call): string {
  const list = childOf(call.node, 'ArgList')!;
  return code.text.slice(list.start + 1, list.end - 1);
}

/** What an `await` waits for; the grammar reads `await f(x) + 1` as `await (f(x) + 1)`. */
export function awaitedOperand(node: PyNode): PyNode {
  let at = node.children[1] ?? node;
  while (at.kind === 'BinaryExpression') at = at.children[0]!;
  return at;
}

/** The call that an expression is, less its `await`: `f(x)` of `await f(x)`, and nothing of `await f(x) + 1`. */
export function awaitedCall(code: Code, node: PyNode): Call | null {
  const awaited = node.kind === 'AwaitExpression' ? node.children[1] : undefined;
  return awaited ? readCall(code, bare(awaited)) : null;
}

export interface Assignment {
  readonly node: PyNode;
  /** What is left of the first `=`: several targets of one tuple, or one. */
  readonly targets: readonly PyNode[];
  readonly annotation: PyNode | null;
  /** What is right of the `=`: the parts of a tuple without parentheses too. */
  readonly value: readonly PyNode[];
}

/** `a = v`, `a: T = v`, `a, b = v`; nothing of `a = b = v`, or of an annotation without a value. */
export function readAssignment(node: PyNode): Assignment | null {
  if (node.kind !== 'AssignStatement') return null;
  const signs = node.children.filter((it) => it.kind === 'AssignOp');
  if (signs.length !== 1) return null;
  const at = node.children.indexOf(signs[0]!);
  const left = node.children.slice(0, at);
  return {
    node,
    targets: left.filter((it) => it.kind !== 'TypeDef'),
    annotation: left.find((it) => it.kind === 'TypeDef') ?? null,
    value: node.children.slice(at + 1),
  };
}
