/** Calls whose order matters, as far as it can be told from names, from the functions of the file and from what is handed over. */
import ts from 'typescript';
import type { Refusal } from '../../source/found-function';
import { disorderOf, functionCalled } from './callee';
import type { Code } from './code';
import { effectOf, isPrint } from './effects';
import { refuse, shown } from './refuse';
import { calleeName, isResultUsed, peeled, receiverNames, walk } from './syntax';
import { readsLikeDelay, readsLikeSerial } from './words';
import { isChange, originOf } from './writes';

/**
 * The first call in `code` after which another run of the same code may not be started before it has ended.
 * @param round what is run many times: names declared in it are another one's each time
 */
export function refuseCalls(body: ts.Node, round: ts.Node, code: Code): Refusal | null {
  let found: Refusal | null = null;
  walk(body, (node) => {
    if (found) return false;
    if (ts.isCallExpression(node) && !isChange(node)) found = refuseCall(node, round, code);
    if (ts.isNewExpression(node) && ts.isExpressionStatement(node.parent)) {
      found = refuse('effect', `\`${shown(node, code.source)}\` on line {line} is there for its effect, and the order of effects would change.`, code.source, node);
    }
    return undefined;
  });
  return found;
}

function refuseCall(call: ts.CallExpression, round: ts.Node, code: Code): Refusal | null {
  const { source, scopes } = code;
  const name = calleeName(call);
  if (readsLikeDelay(name)) return refuse('deliberate-delay', `The code waits on purpose: \`${shown(call, source)}\` on line {line}.`, source, call);
  const isOuter = (it: ts.Identifier): boolean => {
    const symbol = scopes.symbolOf(it);
    return !symbol || !scopes.isDeclaredIn(symbol, round);
  };
  const receivers = receiverNames(call);
  const root = receivers.at(-1);
  const fromItem = root !== undefined && !isOuter(root);
  const serial = fromItem ? undefined : receivers.find((it) => readsLikeSerial(it.text));
  if (serial) return refuse('serial-resource', `\`${serial.text}\` on line {line} is one connection or session: parallel calls would interleave.`, source, call);
  for (const argument of call.arguments) {
    const value = peeled(argument);
    const last = ts.isPropertyAccessExpression(value) ? value.name : value;
    if (ts.isIdentifier(last) && readsLikeSerial(last.text) && originOf(value, round, scopes)) {
      return refuse('serial-resource', `\`${last.text}\`, given to \`${name}\` on line {line}, is one connection or session: parallel calls would interleave.`, source, call);
    }
  }
  if (isPrint(call)) return refuse('prints', `\`${shown(call, source)}\` on line {line} prints, and the order of the lines would change.`, source, call);
  const called = functionCalled(call, code);
  if (called) {
    const disorder = disorderOf(called, code);
    if (disorder) return refuse('effect', `${disorder.what} (line {line}): the order of the calls matters.`, source, disorder.at);
    // Without a result it is there for an effect, which code in other files may have.
    if (isResultUsed(call)) return null;
  }
  const effect = effectOf(call);
  if (effect) return refuse('effect', `\`${effect}\` on line {line} reads like an effect: the order of the calls may matter.`, source, call);
  return refuseUnknown(call, round, fromItem, code);
}

/** A call of which nothing is known but how it is written. */
function refuseUnknown(call: ts.CallExpression, round: ts.Node, fromItem: boolean, { source, scopes }: Code): Refusal | null {
  const callee = peeled(call.expression);
  const isItemItself = ts.isIdentifier(callee) && isOfRound(callee, round, scopes);
  if (isItemItself || fromItem) {
    const shared = call.arguments.find((it) => isSharedObject(it, round, scopes));
    if (shared && (isItemItself || !isResultUsed(call))) {
      return refuse('effect', `\`${shown(call, source)}\` on line {line} hands \`${shown(shared, source)}\` from one item to the next.`, source, call);
    }
    if (isItemItself && !isResultUsed(call)) {
      return refuse('effect', `\`${shown(call, source)}\` on line {line} runs one function of a list after the other; their order may matter.`, source, call);
    }
    return null;
  }
  if (isResultUsed(call)) return refuseSharedArgument(call, round, source, scopes);
  const awaited = ts.isAwaitExpression(call.parent);
  if (!awaited) return refuse('effect', `\`${shown(call, source)}\` on line {line} is there for its effect, and the order of effects would change.`, source, call);
  if (callee.kind !== ts.SyntaxKind.Identifier && callee.getText(source).startsWith('this.')) {
    return refuse('effect', `\`${shown(call, source)}\` on line {line} may change \`this\`.`, source, call);
  }
  const shared = call.arguments.find((it) => isSharedObject(it, round, scopes));
  if (shared) return refuse('effect', `\`${shown(call, source)}\` on line {line} may change \`${shown(shared, source)}\`, which the iterations share.`, source, call);
  if (!call.arguments.some((it) => usesItem(it, round, scopes))) {
    return refuse('effect', `\`${shown(call, source)}\` on line {line} does the same for each item; it is there for its effect.`, source, call);
  }
  return null;
}

/** What the function has made itself and gives to every call may be what they tell each other by. */
function refuseSharedArgument(call: ts.CallExpression, round: ts.Node, source: ts.SourceFile, scopes: Code['scopes']): Refusal | null {
  for (const argument of call.arguments) {
    const value = peeled(argument);
    if (!ts.isIdentifier(value)) continue;
    const symbol = scopes.symbolOf(value);
    const declaration = symbol?.declarations?.[0];
    if (!symbol || !declaration || scopes.isDeclaredIn(symbol, round) || !ts.isVariableDeclaration(declaration) || !declaration.initializer) continue;
    if (isMadeEmpty(declaration.initializer)) {
      return refuse('shared-argument', `\`${value.text}\` is given to every call of \`${calleeName(call)}\` (line {line}), which may fill it.`, source, call);
    }
  }
  return null;
}

function isMadeEmpty(initializer: ts.Expression): boolean {
  const value = peeled(initializer);
  if (ts.isArrayLiteralExpression(value)) return value.elements.length === 0;
  if (ts.isObjectLiteralExpression(value)) return value.properties.length === 0;
  return ts.isNewExpression(value) && (value.arguments?.length ?? 0) === 0;
}

/** A name from outside the loop, which may stand for an object; `this` is one. */
function isSharedObject(argument: ts.Expression, round: ts.Node, scopes: Code['scopes']): boolean {
  const value = peeled(argument);
  if (value.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (!ts.isIdentifier(value)) return false;
  const symbol = scopes.symbolOf(value);
  const declaration = symbol?.declarations?.[0];
  if (!symbol || !declaration || scopes.isDeclaredIn(symbol, round)) return false;
  if (!ts.isVariableDeclaration(declaration) || !declaration.initializer) return true;
  const initial = peeled(declaration.initializer);
  return !(ts.isLiteralExpression(initial) || ts.isTemplateExpression(initial));
}

function isOfRound(name: ts.Identifier, round: ts.Node, scopes: Code['scopes']): boolean {
  const symbol = scopes.symbolOf(name);
  return symbol !== undefined && scopes.isDeclaredIn(symbol, round);
}

function usesItem(argument: ts.Expression, round: ts.Node, scopes: Code['scopes']): boolean {
  let found = false;
  scopes.forEachName(argument, (name) => (found ||= isOfRound(name, round, scopes)));
  return found;
}
