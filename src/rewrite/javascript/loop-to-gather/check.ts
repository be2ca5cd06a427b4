/** Whether the iterations of a loop can run at once. */
import ts from 'typescript';
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import { functionCalled } from '../callee';
import { refuseCalls } from '../calls';
import type { Code } from '../code';
import { firstRefusal, refuse, shown } from '../refuse';
import { catchAround, refuseCleanup, refuseNarrowing } from '../surroundings';
import { calleeName, isBoundary, isLoop, peeled, walk, walkOwn, type Loop } from '../syntax';
import { readsLikeLazy } from '../words';
import { originOf, outerWrites } from '../writes';

/** A loop that can become a gather. */
export interface GatherLoop {
  readonly loop: ts.ForOfStatement;
  readonly item: ts.VariableDeclaration;
  /** The one `list.push(value)` at the end of the body. */
  readonly push: Push | null;
}

export interface Push {
  readonly statement: ts.ExpressionStatement;
  readonly value: ts.Expression;
  readonly list: ts.Identifier;
  readonly symbol: ts.Symbol;
  readonly declaration: ts.VariableDeclaration;
}

/** @param refuseStart says why nothing in the loop is worth starting at once; by default, because nothing is awaited */
export function checkLoop(loop: Loop, code: Code, refuseStart = refuseNoAwait): Result<GatherLoop, Refusal> {
  const { source } = code;
  if (!ts.isForOfStatement(loop)) {
    return err(refuse('not-for-of', `The loop on line {line} is no \`for…of\`: how often it runs is not known before it does.`, source, loop));
  }
  if (loop.awaitModifier) return err(refuse('for-await', '`for await` on line {line} takes its items one at a time.', source, loop));
  const item = itemOf(loop, code);
  if (!item.ok) return item;
  const push = findPush(loop, code);
  if (!push.ok) return push;
  const found: GatherLoop = { loop, item: item.value, push: push.value };
  const refusal = firstRefusal(
    () => refuseJumps(loop, code),
    () => refuseStart(loop, code),
    () => refuseWrites(found, code),
    () => refuseReads(found, code),
    () => refuseCalls(loop.statement, loop, code),
    () => refuseSource(loop, code),
    () => refuseCleanup(loop, code),
    () => refusePartial(found, code),
    () => refuseNarrowing(loop.statement, code),
  );
  return refusal ? err(refusal) : ok(found);
}

function itemOf({ initializer, parent }: ts.ForOfStatement, { source }: Code): Result<ts.VariableDeclaration, Refusal> {
  if (ts.isLabeledStatement(parent)) return err(refuse('break', `The loop has the label \`${parent.label.text}\` to be left by.`, source, parent));
  if (!ts.isVariableDeclarationList(initializer)) {
    return err(refuse('loop-carried', `The loop on line {line} assigns \`${shown(initializer, source)}\`, which is declared outside of it.`, source, initializer));
  }
  const [item] = initializer.declarations;
  const kind = initializer.flags & ts.NodeFlags.BlockScoped;
  if (kind !== ts.NodeFlags.Const && kind !== ts.NodeFlags.Let) {
    const word = kind === 0 ? 'var' : 'using';
    return err(refuse(word === 'var' ? 'var-leak' : 'cleanup', `\`${word} ${shown(item!.name, source)}\` on line {line} is one variable for all iterations.`, source, item!));
  }
  return ok(item!);
}

/** What would end the loop early, leave holes in the result, or needs the order. */
function refuseJumps(loop: ts.ForOfStatement, { source }: Code): Refusal | null {
  let found: Refusal | null = null;
  const no = (code: string, message: string, at: ts.Node): void => void (found ??= refuse(code, message, source, at));
  const visit = (node: ts.Node, inLoop: boolean, inSwitch: boolean): void => {
    if (found || isBoundary(node)) return;
    if (ts.isBreakStatement(node) && (node.label || (!inLoop && !inSwitch))) no('break', '`break` on line {line}: later iterations must not start.', node);
    if (ts.isContinueStatement(node) && (node.label || !inLoop)) no('continue', '`continue` on line {line} would leave holes in the result.', node);
    if (ts.isReturnStatement(node)) no('return', '`return` on line {line}: later iterations must not start.', node);
    if (ts.isYieldExpression(node)) no('yield', '`yield` on line {line} hands out values in order.', node);
    if (ts.isForOfStatement(node) && node.awaitModifier) no('for-await', '`for await` on line {line} takes its items one at a time.', node);
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0) {
      no('var-leak', `\`var ${shown(node.declarations[0]!.name, source)}\` on line {line} is visible after the loop, and is one variable for all iterations.`, node);
    }
    ts.forEachChild(node, (child) => visit(child, inLoop || isLoop(node), inSwitch || ts.isSwitchStatement(node)));
  };
  visit(loop.statement, false, false);
  return found;
}

/** Something has to be started in each iteration: waiting for what runs already gains nothing. */
function refuseNoAwait(loop: ts.ForOfStatement, { source }: Code): Refusal | null {
  let awaits = 0;
  let starts = 0;
  walkOwn(loop.statement, (node) => {
    if (!ts.isAwaitExpression(node)) return;
    awaits++;
    walk(node.expression, (it) => void (ts.isCallExpression(it) && starts++));
  });
  if (awaits === 0) return refuse('no-await', 'Nothing is awaited in the loop on line {line} itself.', source, loop);
  if (starts === 0) return refuse('already-started', 'What the loop on line {line} awaits has been started before: it overlaps already.', source, loop);
  return null;
}

function findPush(loop: ts.ForOfStatement, code: Code): Result<Push | null, Refusal> {
  const { source, scopes } = code;
  const pushes = outerWrites(loop, scopes).filter(({ call, symbol }) => call && symbol && calleeName(call) === 'push');
  const [push, second] = pushes;
  if (!push) return ok(null);
  const list = (push.call!.expression as ts.PropertyAccessExpression).expression;
  const { symbol } = push;
  // Of a member, or through another name: `refuseWrites` speaks of it.
  if (!ts.isIdentifier(list) || list.text !== push.name || symbol === sourceSymbol(loop, scopes)) return ok(null);
  if (second) return err(refuse('conditional-push', 'A second `push` stands on line {line}: there must be exactly one for each item.', source, second.at));
  const statements = ts.isBlock(loop.statement) ? loop.statement.statements : [loop.statement];
  const statement = statements.at(-1);
  if (!statement || !ts.isExpressionStatement(statement) || statement.expression !== push.call) {
    return err(refuse('conditional-push', 'The `push` on line {line} does not run exactly once for each item, as the last thing.', source, push.at));
  }
  const [value, more] = push.call!.arguments;
  if (!value || more || ts.isSpreadElement(value)) {
    return err(refuse('conditional-push', `\`${shown(push.call!, source)}\` on line {line} does not add exactly one value.`, source, push.at));
  }
  const declaration = symbol!.declarations?.[0];
  if (!declaration || !ts.isVariableDeclaration(declaration) || holderOf(declaration) !== holderOf(loop)) {
    return err(refuse('shared-mutation', `\`${push.name}\` is not of this function, and others see it being filled (line {line}).`, source, push.at));
  }
  if (!isMadeHere(declaration.initializer)) {
    return err(refuse('shared-mutation', `\`${push.name}\` was not made as a list of its own (line {line}): others may see it being filled.`, source, declaration));
  }
  return ok({ statement, value, list, symbol: symbol!, declaration });
}

/** `[]`, `new Array()`: nobody else can have it yet. */
function isMadeHere(initializer: ts.Expression | undefined): boolean {
  const value = initializer && peeled(initializer);
  if (!value) return false;
  return ts.isArrayLiteralExpression(value) || ((ts.isNewExpression(value) || ts.isCallExpression(value)) && /^Array(\.(of|from))?$/.test(value.expression.getText()));
}

const holderOf = (node: ts.Node): ts.Node => ts.findAncestor(node.parent, (it) => isBoundary(it) || ts.isSourceFile(it))!;

function refuseWrites({ loop, push }: GatherLoop, { source, scopes }: Code): Refusal | null {
  const root = sourceSymbol(loop, scopes);
  for (const write of outerWrites(loop, scopes)) {
    if (push && write.call === push.statement.expression) continue;
    const { kind, symbol, name, at } = write;
    if (root && symbol === root) return refuse('mutates-source', `\`${name}\` is changed on line {line} while it is iterated.`, source, at);
    if (kind === 'assigned') return refuse('loop-carried', `Each iteration uses \`${name}\` written by the previous one (line {line}).`, source, at);
    return refuse('shared-mutation', `\`${name}\` is shared by the iterations and changed on line {line}.`, source, at);
  }
  return null;
}

const sourceSymbol = ({ expression }: ts.ForOfStatement, scopes: Code['scopes']): ts.Symbol | null =>
  originOf(expression, expression, scopes)?.symbol ?? originOfMethod(expression, scopes);

/** Of `map.entries()`, `xs.filter(…)`: the receiver. */
function originOfMethod(expression: ts.Expression, scopes: Code['scopes']): ts.Symbol | null {
  const value = peeled(expression);
  if (!ts.isCallExpression(value)) return null;
  const callee = peeled(value.expression);
  if (!ts.isPropertyAccessExpression(callee) || !/^(entries|keys|values)$/.test(callee.name.text)) return null;
  const [argument] = value.arguments;
  return originOf(argument ?? callee.expression, expression, scopes)?.symbol ?? null;
}

function refuseReads({ loop, push }: GatherLoop, code: Code): Refusal | null {
  if (!push) return null;
  const { scopes, source } = code;
  const inLoop = scopes.usesOf(push.symbol).find((it) => it !== push.list && it.pos >= loop.pos && it.end <= loop.end);
  if (inLoop) return refuse('reads-accumulator', `The loop uses \`${push.list.text}\` on line {line} while it is being filled.`, source, inLoop);
  // A function that is called from the loop may look at it too.
  const elsewhere = scopes.usesOf(push.symbol).find((it) => ts.findAncestor(it, isBoundary) !== ts.findAncestor(loop, isBoundary));
  if (elsewhere) return refuse('reads-accumulator', `A function on line {line} uses \`${push.list.text}\`, perhaps while it is being filled.`, source, elsewhere);
  // Where it was handed over before, somebody else has it under another name.
  const handedOver = scopes.usesOf(push.symbol).find((it) => it.end < loop.pos && it !== push.declaration.name && !ts.isPropertyAccessExpression(it.parent));
  if (handedOver) return refuse('reads-accumulator', `\`${push.list.text}\` is handed over on line {line}, before the loop fills it.`, source, handedOver);
  return null;
}

function refuseSource({ expression }: ts.ForOfStatement, code: Code): Refusal | null {
  const { source } = code;
  const value = peeled(expression);
  if (!ts.isCallExpression(value) && !ts.isNewExpression(value)) {
    const last = ts.isPropertyAccessExpression(value) ? value.name : value;
    if (ts.isIdentifier(last) && readsLikeLazy(last.text)) return lazy(value, source);
    return null;
  }
  const called = functionCalled(value, code);
  if (readsLikeLazy(calleeName(value)) || (called && 'asteriskToken' in called && called.asteriskToken)) return lazy(value, source);
  return null;
}

const lazy = (value: ts.Expression, source: ts.SourceFile): Refusal =>
  refuse('lazy-source', `\`${shown(value, source)}\` on line {line} may make its items one at a time, as the loop asks for them.`, source, value);

/** After a failure the list would be empty, and not as long as the loop got. */
function refusePartial({ loop, push }: GatherLoop, { source, scopes }: Code): Refusal | null {
  const clause = push && catchAround(loop);
  if (!clause || scopes.isDeclaredIn(push.symbol, clause.parent)) return null;
  return refuse('partial-result', `After a failure, which line {line} catches, \`${push.list.text}\` would be empty, and not hold what came before.`, source, clause);
}
