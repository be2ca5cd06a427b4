/** Errors that Node finds before a module runs and the parser does not: Node tells no line for them in an ES module. */
import ts from 'typescript';
import { isAsync, type FunctionNode } from './functions';
import { isTypeOnly } from './names';
import { lineOf } from './parse';

export interface EarlyError {
  readonly message: string;
  /** 1-based. */
  readonly line: number;
}

/** The first of them, or `null`. */
export function earlyError(source: ts.SourceFile, format: 'esm' | 'cjs'): EarlyError | null {
  let known = found.get(source);
  if (known === undefined) found.set(source, (known = misplaced(source, format) ?? declaredTwice(source)));
  return known;
}

/** By tree: the same text is linked again and again. */
const found = new WeakMap<ts.SourceFile, EarlyError | null>();

/** `await` outside async functions, `return` outside functions. */
function misplaced(source: ts.SourceFile, format: 'esm' | 'cjs'): EarlyError | null {
  let first: EarlyError | null = null;
  const visit = (node: ts.Node): void => {
    if (first || isTypeOnly(node)) return;
    const awaits = ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined);
    if (awaits && !mayAwait(node, format)) {
      first = { message: "'await' is only allowed in async functions.", line: lineOf(source, node.getStart(source)) };
    } else if (ts.isReturnStatement(node) && format === 'esm' && !enclosing(node)) {
      first = { message: "'return' is only allowed in functions.", line: lineOf(source, node.getStart(source)) };
    } else ts.forEachChild(node, visit);
  };
  if (/\b(?:await|return)\b/.test(source.text)) visit(source);
  return first;
}

function mayAwait(node: ts.Node, format: 'esm' | 'cjs'): boolean {
  const owner = enclosing(node);
  return owner ? ts.isFunctionLike(owner) && isAsync(owner as FunctionNode) : format === 'esm';
}

function enclosing(node: ts.Node): ts.Node | undefined {
  return ts.findAncestor(node.parent, (it) => ts.isFunctionLike(it) || ts.isClassStaticBlockDeclaration(it));
}

/** Cannot redeclare block-scoped variable; a module cannot have multiple default exports. */
const fatal = new Set([2451, 2528]);

/** What TypeScript's binder says of names that are declared twice; the binder is not in the public types. */
function declaredTwice(source: ts.SourceFile): EarlyError | null {
  const bound = source as ts.SourceFile & {
    readonly bindDiagnostics: readonly ts.DiagnosticWithLocation[];
    readonly locals?: unknown;
  };
  const { bindSourceFile } = ts as unknown as { bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void };
  if (!bound.locals) bindSourceFile(source, { target: ts.ScriptTarget.ESNext });
  // Of the two places that are told, the second is the one that a person added.
  const fault = bound.bindDiagnostics.filter((it) => fatal.has(it.code)).at(-1);
  return fault ? { message: ts.flattenDiagnosticMessageText(fault.messageText, ' '), line: lineOf(source, fault.start) } : null;
}
