/** Which awaits in a row can run at once. */
import ts from 'typescript';
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import { disorderOf, functionCalled } from '../callee';
import type { Code } from '../code';
import { effectOf } from '../effects';
import { refuse, shown } from '../refuse';
import { refuseCleanup } from '../surroundings';
import { calleeName, isAssignment, isStep, peeled, receiverNames, rootOf, walk } from '../syntax';
import { readsLikeDelay, readsLikeLazy, readsLikeSerial } from '../words';

/** `const name = await started;` */
export interface AwaitedStatement {
  readonly statement: ts.VariableStatement;
  readonly declaration: ts.VariableDeclaration;
  readonly started: ts.Expression;
}

/** Two or more awaits in a row, none of which needs another. */
export type Row = readonly AwaitedStatement[];

/** The statement as one await with a name for its result, or `null`. */
export function awaitedStatement(statement: ts.Statement | undefined): AwaitedStatement | null {
  if (!statement || !ts.isVariableStatement(statement) || statement.declarationList.declarations.length !== 1) return null;
  const declaration = statement.declarationList.declarations[0]!;
  const { initializer } = declaration;
  if (!initializer || !ts.isAwaitExpression(initializer)) return null;
  return { statement, declaration, started: initializer.expression };
}

/**
 * The rows that a list of awaits next to each other falls into: a row ends where the next await cannot run at once with
 * it. The first reason for an end is kept, for the case that there is no row of two.
 */
export function checkRun(run: readonly AwaitedStatement[], code: Code): Result<Row, Refusal>[] {
  const results: Result<Row, Refusal>[] = [];
  let row: AwaitedStatement[] = [];
  let reason: Refusal | null = null;
  const close = (): void => {
    if (row.length > 1) results.push(ok(row));
    else if (reason) results.push(err(reason));
    row = [];
  };
  for (const next of run) {
    const alone = refuseAlone(next, code) ?? refuseCleanup(next.statement, code);
    if (alone) {
      reason ??= alone;
      close();
      continue;
    }
    const together = row.length > 0 ? refuseTogether(row, next, code) : null;
    if (together) {
      reason ??= together;
      close();
    }
    row.push(next);
  }
  close();
  return results;
}

/** Why an await cannot run at once with any other. */
function refuseAlone({ started }: AwaitedStatement, code: Code): Refusal | null {
  const { source } = code;
  let found: Refusal | null = null;
  const no = (kind: string, message: string, at: ts.Node): void => void (found ??= refuse(kind, message, source, at));
  let calls = 0;
  walk(started, (node) => {
    if (found) return false;
    if (isAssignment(node) || isStep(node)) no('argument-effect', `\`${shown(node, source)}\` on line {line} changes a variable that the other call may read.`, node);
    if (ts.isAwaitExpression(node)) no('nested-await', `\`${shown(node, source)}\` on line {line} is awaited on the way to the call.`, node);
    if (!ts.isCallExpression(node)) return undefined;
    calls++;
    if (node.expression.kind === ts.SyntaxKind.ImportKeyword) no('import', 'A module that `import()` on line {line} loads may need that others were loaded before.', node);
    else refuseCall(node, code, no);
    return undefined;
  });
  if (!found && calls === 0 && !hasNew(started)) no('already-started', `\`${shown(started, source)}\` on line {line} has been started before: it overlaps already.`, started);
  return found;
}

const hasNew = (node: ts.Node): boolean => {
  let found = false;
  walk(node, (it) => void (found ||= ts.isNewExpression(it)));
  return found;
};

type No = (code: string, message: string, at: ts.Node) => void;

function refuseCall(call: ts.CallExpression, code: Code, no: No): void {
  const { source } = code;
  const name = calleeName(call);
  if (readsLikeDelay(name)) return no('deliberate-delay', `\`${shown(call, source)}\` on line {line} waits on purpose.`, call);
  const called = functionCalled(call, code);
  if (called) {
    const disorder = disorderOf(called, code);
    if (disorder) no('effect', `${disorder.what} (line {line}): the order of the calls matters.`, disorder.at);
    return;
  }
  if (readsLikeLazy(name)) return no('effect', `\`${name}\` on line {line} may hand out one thing after the other.`, call);
  const effect = effectOf(call);
  if (effect) no('effect', `\`${effect}\` on line {line} reads like an effect: the order of the calls may matter.`, call);
}

/** Why an await cannot run at once with those before it. */
function refuseTogether(row: readonly AwaitedStatement[], next: AwaitedStatement, code: Code): Refusal | null {
  const { source, scopes } = code;
  for (const before of row) {
    const bound = new Set<ts.Symbol>();
    scopes.forEachName(before.declaration.name, (_, symbol) => symbol && bound.add(symbol));
    let needed: ts.Identifier | null = null;
    scopes.forEachName(next.declaration, (name, symbol) => {
      if (symbol && bound.has(symbol)) needed ??= name;
    });
    if (needed) {
      const needs = `\`${shown(next.declaration.name, source)}\` needs \`${(needed as ts.Identifier).text}\``;
      return refuse('dependent', `${needs}, which line {line} waits for.`, source, before.statement);
    }
    const receiver = sharedReceiver(before.started, next.started, code);
    if (receiver) return refuse('same-receiver', `Both calls use \`${receiver}\` (line {line}): their order may matter.`, source, next.started);
    if (before.started.getText(source) === next.started.getText(source)) {
      return refuse('same-call', `\`${shown(next.started, source)}\` on line {line} is the call before again: each seems to take the next thing.`, source, next.started);
    }
  }
  const [first] = row;
  const kind = ({ statement }: AwaitedStatement): string =>
    `${statement.declarationList.flags & ts.NodeFlags.BlockScoped} ${statement.modifiers?.map((it) => it.kind).join() ?? ''}`;
  if (kind(first!) !== kind(next)) return refuse('mixed-kinds', 'The names are not declared in the same way (line {line}): `const` with `const`, `let` with `let`.', source, next.statement);
  if (!first!.declaration.type !== !next.declaration.type) {
    return refuse('mixed-types', `Only some of the names have a type (line {line}): give one to each, or to none.`, source, next.statement);
  }
  return null;
}

/** Modules of Node whose functions keep nothing between two calls. */
const stateless = new Set(['fs', 'fs/promises', 'path', 'crypto', 'dns', 'dns/promises', 'os', 'zlib', 'util']);

/** What both expressions call methods of, or are given, if that is one thing at a time. */
function sharedReceiver(a: ts.Expression, b: ts.Expression, code: Code): string | null {
  const one = receiversOf(a, code);
  for (const [root, text] of receiversOf(b, code)) {
    if (one.has(root) && !isStateless(root)) return text;
  }
  const given = serialArguments(a, code);
  for (const [symbol, text] of serialArguments(b, code)) if (given.has(symbol)) return text;
  return null;
}

/** The roots of receivers, by what they mean; `this` and globals by their names. */
function receiversOf(expression: ts.Expression, { scopes, source }: Code): Map<ts.Symbol | string, string> {
  const roots = new Map<ts.Symbol | string, string>();
  walk(expression, (node) => {
    if (!ts.isCallExpression(node) || (receiverNames(node).length === 0 && !/^(this|super)\b/.test(node.expression.getText(source)))) return;
    const root = rootOf(node.expression);
    if (ts.isIdentifier(root)) {
      const symbol = scopes.symbolOf(root);
      if (symbol || !harmlessGlobals.has(root.text)) roots.set(symbol ?? root.text, root.text);
    } else if (root.kind === ts.SyntaxKind.ThisKeyword || root.kind === ts.SyntaxKind.SuperKeyword) roots.set('this', 'this');
  });
  return roots;
}

const harmlessGlobals = new Set(['Promise', 'Math', 'JSON', 'Object', 'Array', 'String', 'Number', 'Buffer', 'URL', 'Date']);

function isStateless(root: ts.Symbol | string): boolean {
  if (typeof root === 'string') return false;
  const declaration = root.declarations?.[0];
  const statement = declaration && ts.findAncestor(declaration, (it) => ts.isImportDeclaration(it) || ts.isVariableStatement(it));
  const [, from] = (statement && /(?:from\s*|require\(\s*)['"](?:node:)?([^'"]+)['"]/.exec(statement.getText())) ?? [];
  return from !== undefined && stateless.has(from);
}

function serialArguments(expression: ts.Expression, { scopes }: Code): Map<ts.Symbol, string> {
  const found = new Map<ts.Symbol, string>();
  walk(expression, (node) => {
    if (!ts.isCallExpression(node)) return;
    for (const argument of node.arguments) {
      const value = peeled(argument);
      const symbol = ts.isIdentifier(value) && readsLikeSerial(value.text) ? scopes.symbolOf(value) : undefined;
      if (symbol) found.set(symbol, (value as ts.Identifier).text);
    }
  });
  return found;
}
