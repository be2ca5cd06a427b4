/** Why the turns of a loop cannot be taken out of their order. */
import type { Refusal } from '../../../source/found-function';
import type { PyNode } from '../../../source/python/tree';
import { ancestors, bodyOf, calledName, isGenerator, isInside, readCall, receiverOf, running, walrusIn, within } from '../code';
import { effectIn } from '../effects';
import type { PythonFile } from '../file';
import { readBeforeAssigned } from '../flow';
import { isDeclared, isWrite } from '../names';
import type { NameUse } from '../../../source/python/scopes';
import { firstFor, firstOf, refusal } from '../refuse';
import { readsLikeDelay } from '../words';
import { useAfterFailure } from '../failure';
import { isEmptyList, type Loop } from './loop';

export const checkLoop = (file: PythonFile, loop: Loop): Refusal | null =>
  firstOf(
    () => assignedOutside(file, loop),
    () => accumulatorRead(file, loop),
    () => deliberateWait(file, loop),
    () => oddStatements(file, loop),
    () => sharedChange(file, loop),
    () => leakedVariables(file, loop),
    () => keptFunctions(file, loop),
    () => partialResults(file, loop),
  );

/** The variables of the code around the loop that an occurrence in it may mean. */
const isOfFunction = (file: PythonFile, loop: Loop, it: NameUse): boolean =>
  file.names.home(it) === file.names.scopeAround(loop.node);

/** Names that a turn assigns, besides the loop's own. */
export function assignedNames(file: PythonFile, loop: Loop): Set<string> {
  const body = bodyOf(loop.node);
  if (!body) return new Set();
  return new Set(file.names.in(body).filter((it) => isWrite(it) && isOfFunction(file, loop, it)).map((it) => it.name));
}

function assignedOutside(file: PythonFile, loop: Loop): Refusal | null {
  const { code, names } = file;
  const walrus = walrusIn(code, loop.node);
  if (walrus) {
    const line = code.line(walrus);
    return refusal('loop-carried', `\`${code.of(walrus)}\` at line ${line} leaves a value in a variable of the function.`, line);
  }
  const targets = names.in(loop.target);
  const odd = targets.find((it) => it.kind !== 'write');
  if (odd) return refusal('loop-carried', `The loop assigns to \`${code.of(loop.target)}\`, which is more than a variable of its own.`, code.line(loop.target));
  const body = bodyOf(loop.node);
  if (!body) return null;
  const outside = names.in(body).find((it) => isWrite(it) && !isOfFunction(file, loop, it) && isDeclared(it));
  if (outside) return carried(file, outside);
  const declared = targets.find((it) => isDeclared(it));
  if (declared) return carried(file, declared);
  const assigned = assignedNames(file, loop);
  const elsewhere = names.in(body).find((it) => {
    if (!isWrite(it) || !isOfFunction(file, loop, it) || loop.targetNames.has(it.name)) return false;
    return file.names.variable(it).some((other) => !isInside(other.node, loop.node) && !isOtherLoops(file, other));
  });
  if (elsewhere) return carried(file, elsewhere);
  const early = readBeforeAssigned(code, names, body, assigned, loop.targetNames);
  return early ? carried(file, early) : null;
}

function carried(file: PythonFile, { name, node }: NameUse): Refusal {
  const line = file.code.line(node);
  return refusal('loop-carried', `Each iteration uses \`${name}\` written by the previous one, or leaves it to the code around the loop (line ${line}).`, line);
}

/** Whether a name outside of the loop is one that another loop binds for itself before it reads it. */
function isOtherLoops(file: PythonFile, it: NameUse): boolean {
  for (const holder of ancestors(it.node)) {
    if (holder.kind === 'FunctionDefinition') return false;
    if (holder.kind !== 'ForStatement') continue;
    const to = holder.children.find((child) => child.kind === 'in');
    const target = { start: holder.start, end: to?.start ?? holder.start };
    const body = bodyOf(holder);
    const inBody = body !== undefined && isInside(it.node, body);
    if ((inBody || isInside(it.node, target)) && file.names.in(target).some((other) => other.name === it.name && other.kind === 'write')) return true;
  }
  return false;
}

function leakedVariables(file: PythonFile, loop: Loop): Refusal | null {
  if (!bodyOf(loop.node)) return null;
  return firstFor(file.names.in(loop.target), (target) => {
    const leak = file.names
      .variable(target)
      .find((it) => !isInside(it.node, loop.node) && !isOtherLoops(file, it) && (it.node.start > loop.node.end || isAround(file, loop, it)));
    if (!leak) return null;
    const line = file.code.line(leak.node);
    return refusal('leaked-variable', `\`${target.name}\` is used after the loop (line ${line}), where it has the last item's value.`, line);
  });
}

/** Before the loop in the text, but after it in time: in a loop around it, or in a function that is called later. */
function isAround(file: PythonFile, loop: Loop, it: NameUse): boolean {
  if (it.scope !== file.names.scopeAround(loop.node)) return it.scope.kind !== 'comprehension';
  for (const holder of ancestors(loop.node)) {
    if (holder.kind === 'FunctionDefinition') return false;
    if ((holder.kind === 'ForStatement' || holder.kind === 'WhileStatement') && isInside(it.node, holder)) return it.kind !== 'write';
  }
  return false;
}

function accumulatorRead(file: PythonFile, loop: Loop): Refusal | null {
  const { collector } = loop;
  if (!collector) return null;
  const { code, names } = file;
  const { name } = collector;
  const own = names.at(collector.node)!;
  const all = file.names.variable(own);
  const line = code.line(collector.node);
  const inLoop = all.find((it) => isInside(it.node, loop.node) && it.node !== collector.node);
  if (inLoop) {
    const at = code.line(inLoop.node);
    return refusal('reads-accumulator', `The loop reads \`${name}\` while it is being filled (line ${at}).`, at);
  }
  if (names.home(own) !== names.scopeAround(loop.node)) {
    return refusal('accumulator-shared', `\`${name}\` is not a variable of this function: others can see it while the loop runs.`, line);
  }
  const stores = all.filter((it) => it.kind === 'write');
  const made = stores.filter((it) => it.node.start < loop.node.start);
  const odd = stores.find((it) => !it.node.parent || !isEmptyList(file, it.node.parent, name)) ?? all.find((it) => it.kind === 'update' && it.node.start < loop.node.start);
  if (made.length === 0 || odd) {
    return refusal('accumulator-shared', `Whether \`${name}\` is a new list when the loop begins is not known.`, odd ? code.line(odd.node) : line);
  }
  const seen = all.find((it) => {
    const isNested = it.scope !== own.scope && it.scope.kind !== 'comprehension';
    const isEarly = it.kind === 'read' && it.node.start < loop.node.start && !isOwnCall(file, it.node);
    return isNested || isEarly;
  });
  if (!seen) return null;
  const at = code.line(seen.node);
  return refusal('accumulator-shared', `\`${name}\` is handed on at line ${at}: others can see it while the loop runs.`, at);
}

/** `acc.append(…)`, `len(acc)`: uses that hand the list to nobody who keeps it. */
function isOwnCall(file: PythonFile, node: PyNode): boolean {
  const holder = node.parent;
  if (!holder) return false;
  if (holder.kind === 'MemberExpression' && holder.children[0] === node) return true;
  const call = holder.kind === 'ArgList' ? readCall(file.code, holder.parent!) : null;
  return call !== null && /^builtins\.(len|print|sorted|sum|bool|any|all|min|max)$/.test(file.qualified(call.callee) ?? '');
}

function deliberateWait(file: PythonFile, loop: Loop): Refusal | null {
  for (const it of running(bodyOf(loop.node) ?? loop.node)) {
    const call = readCall(file.code, it);
    const name = call && calledName(file.code, call.callee);
    if (!call || !name || !readsLikeDelay(name)) continue;
    const line = file.code.line(it);
    return refusal('waits-on-purpose', `The loop waits on purpose: \`${file.code.of(call.callee)}\` at line ${line}.`, line);
  }
  return null;
}

/** Statements whose meaning depends on where they stand. */
function oddStatements(file: PythonFile, loop: Loop): Refusal | null {
  for (const it of within(bodyOf(loop.node) ?? loop.node)) {
    const line = file.code.line(it);
    if (/^(FunctionDefinition|ClassDefinition|ImportStatement|ScopeStatement|DeleteStatement|TypeDefinition)$/.test(it.kind)) {
      const what = file.code.of(it).split(/[\r\n:(]/)[0]!;
      return refusal('declaration', `\`${what}\` at line ${line} declares something inside of the loop.`, line);
    }
    const call = readCall(file.code, it);
    if (call && /^builtins\.(super|locals|vars|globals|exec|eval|dir|breakpoint)$/.test(file.qualified(call.callee) ?? '')) {
      return refusal('needs-frame', `\`${file.code.of(call.callee)}()\` at line ${line} depends on the function that it stands in.`, line);
    }
  }
  return null;
}

function sharedChange(file: PythonFile, loop: Loop): Refusal | null {
  const parts = [...loop.statements, loop.element];
  const effect = effectIn(file, bodyOf(loop.node) ?? loop.node, parts);
  if (effect) {
    const why = effect.code === 'one-receiver' ? 'parallel calls would interleave' : "iterations would see each other's changes";
    return refusal(effect.code, `An iteration ${effect.what} (line ${effect.line}): ${why}.`, effect.line);
  }
  // A call without a result is there for something that is not seen from here.
  return firstFor(loop.statements.flatMap((it) => [...running(it)]), (it) => {
    if (it.kind !== 'ExpressionStatement') return null;
    const value = it.children[0]!;
    const call = readCall(file.code, value.kind === 'AwaitExpression' ? value.children[1]! : value);
    if (!call || isLogging(file, call.callee)) return null;
    const own = receiverOf(call.callee);
    const assigned = own && own.kind === 'VariableName' && assignedNames(file, loop).has(file.code.of(own));
    if (assigned) return null;
    const line = file.code.line(it);
    return refusal('effect', `\`${file.code.of(call.callee)}\` at line ${line} is called for what it does: that would no longer happen in order.`, line);
  });
}

function isLogging(file: PythonFile, callee: PyNode): boolean {
  const receiver = receiverOf(callee);
  return receiver !== null && /(^|[._])log(ger|ging)?$/i.test(file.code.of(receiver));
}

/** Functions and generators made in the loop, and used after their turn, see the variables of a later turn. */
function keptFunctions(file: PythonFile, loop: Loop): Refusal | null {
  const variables = new Set([...loop.targetNames, ...assignedNames(file, loop)]);
  const home = file.names.scopeOf(loop.node) ?? file.names.scopeAround(loop.node);
  for (const it of within(bodyOf(loop.node) ?? loop.node)) {
    if (it === loop.node) continue;
    const isLate = it.kind === 'LambdaExpression' || (isGenerator(it) && !isConsumedAtOnce(file, it));
    if (!isLate) continue;
    const captured = file.names.in(it).find((name) => variables.has(name.name) && file.names.home(name) === home);
    if (!captured) continue;
    const line = file.code.line(it);
    return refusal('closure', `The function or generator at line ${line} keeps \`${captured.name}\` for later, when it may have changed.`, line);
  }
  return null;
}

function isConsumedAtOnce(file: PythonFile, generator: PyNode): boolean {
  const list = generator.kind === 'ArgList' ? generator : generator.parent;
  const call = list?.kind === 'ArgList' ? readCall(file.code, list.parent!) : null;
  if (!call) return false;
  if (calledName(file.code, call.callee) === 'join') return true;
  return /^builtins\.(all|any|dict|frozenset|list|max|min|set|sorted|sum|tuple|bytes|bytearray)$/.test(file.qualified(call.callee) ?? '');
}

/** After a failure, the list of a loop holds what was done so far; a gather's or a pool's holds nothing. */
function partialResults(file: PythonFile, loop: Loop): Refusal | null {
  const { collector } = loop;
  if (!collector) return null;
  const use = useAfterFailure(file, loop.node, file.names.variable(file.names.at(collector.node)!));
  if (!use) return null;
  const line = file.code.line(use.node);
  return refusal('partial-results', `\`${collector.name}\` is read after a failure (line ${line}), and would hold nothing then.`, line);
}
