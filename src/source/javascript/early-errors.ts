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

/** The first of them as either kind of module, or `null`. */
export type EarlyErrors = Readonly<Record<'esm' | 'cjs', EarlyError | null>>;

export function earlyErrors(source: ts.SourceFile): EarlyErrors {
  const { esm, cjs } = misplaced(source);
  const twice = esm && cjs ? null : declaredTwice(source);
  return { esm: esm ?? twice, cjs: cjs ?? twice };
}

/** `await` outside async functions, `return` outside functions. */
function misplaced(source: ts.SourceFile): EarlyErrors {
  const first: { esm: EarlyError | null; cjs: EarlyError | null } = { esm: null, cjs: null };
  const found = (format: 'esm' | 'cjs', node: ts.Node, message: string): void => {
    first[format] ??= { message, line: lineOf(source, node.getStart(source)) };
  };
  const visit = (node: ts.Node): void => {
    if (isTypeOnly(node)) return;
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined)) {
      for (const format of formats) if (!mayAwait(node, format)) found(format, node, "'await' is only allowed in async functions.");
    } else if (ts.isReturnStatement(node) && !enclosing(node)) found('esm', node, "'return' is only allowed in functions.");
    ts.forEachChild(node, visit);
  };
  if (/\b(?:await|return)\b/.test(source.text)) visit(source);
  return first;
}

const formats = ['esm', 'cjs'] as const;

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
