/** The function that is to run in a worker: where it is, and whether it can. */
import ts from 'typescript';
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import { usesThis } from '../../../source/javascript/functions';
import { functionOf, nameOf } from '../callee';
import type { Code } from '../code';
import { firstRefusal, refuse, shown } from '../refuse';
import { peeled, walk, walkOwn, type FunctionWithBody } from '../syntax';
import { outerWrites } from '../writes';

/** A function declaration, or a function that a `const` holds, at the top level of the module. */
export interface Task {
  readonly name: string;
  readonly symbol: ts.Symbol;
  readonly fn: FunctionWithBody;
  readonly statement: ts.FunctionDeclaration | ts.VariableStatement;
}

/** The function as a task, if a worker can hold it and its arguments and result can be copied. */
export function taskOf(fn: FunctionWithBody, code: Code): Result<Task, Refusal> {
  const { source, scopes } = code;
  const name = nameOf(fn) ?? 'The function';
  const no = (kind: string, message: string, at: ts.Node = fn): Result<never, Refusal> => err(refuse(kind, message, source, at));
  if (ts.isMethodDeclaration(fn) || ts.isAccessor(fn) || ts.isConstructorDeclaration(fn)) {
    return no('method', `\`${name}\` on line {line} is a method: a worker has no object to call it on. Make it a function of the module.`);
  }
  const statement = statementOf(fn);
  if (!statement || statement.parent !== source) {
    return no('nested', `\`${name}\` on line {line} is not at the top level of the module, where a worker could find it.`);
  }
  const nameNode = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0]!.name : statement.name;
  const symbol = nameNode && ts.isIdentifier(nameNode) ? scopes.symbolOf(nameNode) : undefined;
  if (!symbol) return no('anonymous', 'The function on line {line} has no name.');
  if (functionOf(symbol) !== fn || scopes.isReassigned(symbol)) return no('reassigned', `\`${name}\` on line {line} does not always stand for the same function.`);
  if ((symbol.declarations?.length ?? 0) > 1) return no('overloaded', `\`${name}\` on line {line} is declared more than once.`);
  const task: Task = { name: (nameNode as ts.Identifier).text, symbol, fn, statement };
  const refusal = firstRefusal(() => refuseKind(task, code), () => refuseParameters(task, code), () => refuseResult(task, code), () => refusePlaces(task.fn, code));
  return refusal ? err(refusal) : ok(task);
}

function statementOf(fn: FunctionWithBody): Task['statement'] | undefined {
  if (ts.isFunctionDeclaration(fn)) return fn;
  let value: ts.Node = fn;
  while (ts.isParenthesizedExpression(value.parent)) value = value.parent;
  const declaration = value.parent;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer !== value || declaration.type) return undefined;
  const statement = declaration.parent.parent;
  return ts.isVariableStatement(statement) && statement.declarationList.declarations.length === 1 ? statement : undefined;
}

function refuseKind({ name, fn }: Task, { source }: Code): Refusal | null {
  if ('asteriskToken' in fn && fn.asteriskToken) return refuse('generator', `\`${name}\` on line {line} is a generator: what it hands out cannot be copied.`, source, fn);
  if (usesThis(fn)) return refuse('uses-this', `\`${name}\` on line {line} uses \`this\`, which a worker does not have.`, source, fn);
  const wait = firstAwait(fn);
  if (wait) return refuse('waits', `\`${name}\` waits on line {line}: it does not keep a core busy, and its calls can be gathered instead.`, source, wait);
  if (fn.type && ts.isTypePredicateNode(fn.type)) return refuse('type-predicate', `\`${name}\` on line {line} tells the type of its argument, which a promise cannot.`, source, fn.type);
  if (fn.typeParameters && !fn.type) return refuse('generic', `\`${name}\` on line {line} is generic and does not say what it returns. Give it a return type.`, source, fn);
  return null;
}

function firstAwait(fn: FunctionWithBody): ts.Node | undefined {
  let found: ts.Node | undefined;
  walkOwn(fn.body, (node) => void (found ??= ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier) ? node : undefined));
  return found;
}

/** Methods that a copy still has. */
const plainMethods = new Set(
  [Array, String, Number, Boolean, BigInt, Date, RegExp, Map, Set, ArrayBuffer, DataView, Object.getPrototypeOf(Uint8Array) as typeof Uint8Array, Object].flatMap(
    (it) => Object.getOwnPropertyNames(it.prototype),
  ),
);

function refuseParameters({ name, fn }: Task, code: Code): Refusal | null {
  const { source, scopes } = code;
  for (const { type, name: parameter } of fn.parameters) {
    if (type && /=>|\b(Function|Promise|PromiseLike|AbortSignal|WeakMap|WeakSet|symbol|Iterator|Generator|AsyncIterable|ReadableStream|Request|Response)\b/.test(type.getText(source))) {
      return refuse('uncloneable-argument', `\`${shown(parameter, source)}\` on line {line} is a \`${shown(type, source)}\`, which cannot be copied to a worker.`, source, parameter);
    }
  }
  const symbols = new Set<ts.Symbol>();
  for (const parameter of fn.parameters) scopes.forEachName(parameter.name, (_, symbol) => symbol && symbols.add(symbol));
  for (const write of outerWrites(fn.body, scopes)) {
    if (write.symbol && symbols.has(write.symbol) && write.kind === 'changed') {
      return refuse('mutates-argument', `\`${name}\` changes \`${write.name}\` on line {line}, and a worker would only change its copy.`, source, write.at);
    }
  }
  let found: Refusal | null = null;
  walk(fn.body, (node) => {
    if (found) return false;
    if (ts.isForOfStatement(node) && node.awaitModifier && isOneOf(node.expression)) {
      found = refuse('uncloneable-argument', `\`${shown(node.expression, source)}\` on line {line} is a stream, which cannot be copied to a worker.`, source, node.expression);
    }
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined;
    const callee = peeled(node.expression);
    if (isOneOf(callee)) found = refuse('uncloneable-argument', `\`${callee.getText(source)}\` is called on line {line}: a function cannot be copied to a worker.`, source, node);
    else if (ts.isPropertyAccessExpression(callee) && isOneOf(peeled(callee.expression)) && !plainMethods.has(callee.name.text)) {
      found = refuse('uncloneable-argument', `\`${callee.getText(source)}\` is called on line {line}: a copy in a worker has no such method.`, source, node);
    }
    return undefined;
  });
  return found;

  function isOneOf(node: ts.Node): boolean {
    const symbol = ts.isIdentifier(node) ? scopes.symbolOf(node) : undefined;
    return symbol !== undefined && symbols.has(symbol);
  }
}

function refuseResult({ name, fn }: Task, code: Code): Refusal | null {
  const { source } = code;
  let found: Refusal | null = null;
  for (const value of returned(fn)) {
    const at = peeled(value);
    if (ts.isFunctionLike(at) || holdsFunction(at)) found ??= refuse('uncloneable-result', `\`${name}\` returns a function on line {line}, which cannot be copied.`, source, at);
    if (ts.isNewExpression(at) && isOwn(at, code)) found ??= refuse('uncloneable-result', `\`${name}\` returns a \`${shown(at.expression, source)}\` on line {line}, which would arrive as a plain object.`, source, at);
  }
  return found;
}

export function returned(fn: FunctionWithBody): ts.Expression[] {
  if (!ts.isBlock(fn.body)) return [fn.body];
  const values: ts.Expression[] = [];
  walkOwn(fn.body, (node) => void (ts.isReturnStatement(node) && node.expression && values.push(node.expression)));
  return values;
}

const holdsFunction = (value: ts.Expression): boolean =>
  ts.isObjectLiteralExpression(value) &&
  value.properties.some((it) => ts.isMethodDeclaration(it) || ts.isAccessor(it) || (ts.isPropertyAssignment(it) && ts.isFunctionLike(peeled(it.initializer))));

/** Of a class that is not part of the language. */
const isOwn = ({ expression }: ts.NewExpression, { scopes }: Code): boolean => {
  const made = peeled(expression);
  return !ts.isIdentifier(made) || scopes.symbolOf(made) !== undefined;
};

/** What a worker does not have, and errors that do not arrive as what they are. Asked of every function that moves. */
export function refusePlaces(root: ts.Node, code: Code): Refusal | null {
  const { source, scopes } = code;
  let found: Refusal | null = null;
  walk(root, (node) => {
    if (found) return false;
    if (ts.isThrowStatement(node) && ts.isNewExpression(peeled(node.expression)) && isOwn(peeled(node.expression) as ts.NewExpression, code)) {
      const made = (peeled(node.expression) as ts.NewExpression).expression;
      found = refuse('error-type', `\`${shown(made, source)}\`, thrown on line {line}, would arrive as a plain \`Error\`.`, source, node);
    }
    if (!ts.isIdentifier(node) || scopes.symbolOf(node)) return undefined;
    const place = mainThreadOnly(node, source);
    if (place) found = refuse('main-thread', `\`${place}\` on line {line} is not there in a worker, or is another one.`, source, node);
    return undefined;
  });
  return found;
}

function mainThreadOnly(name: ts.Identifier, source: ts.SourceFile): string | null {
  const { parent } = name;
  const isMember = (ts.isPropertyAccessExpression(parent) && parent.name === name) || (ts.isPropertyAssignment(parent) && parent.name === name);
  if (isMember || ts.isTypeNode(parent)) return null;
  if (/^(document|window|localStorage|sessionStorage|alert|requestAnimationFrame)$/.test(name.text)) return name.text;
  if (/^(module|exports)$/.test(name.text)) return name.text;
  if (!ts.isPropertyAccessExpression(parent)) return null;
  const path = parent.getText(source);
  return /^(process\.(exit|chdir|abort|on|once|stdin|send)|require\.main)$/.test(path) ? path : null;
}
