/** Calls that are left out and would have changed what is kept. */
import ts from 'typescript';
import type { SliceWarning } from '../../slice';
import { lineOf } from '../parse';
import { calledFunctions, calleeOf, isCall, type Call } from './calls';
import { brief } from './describe';
import { isStartGuard } from './guards';
import { forEachImmediate } from './immediate';
import type { Item } from './items';
import type { StateRequest } from './module-state';
import type { ModuleModel } from './model';
import { allWrites } from './writes';

export function skippedSetup({ needed, kept }: Omit<StateRequest, 'lifted'>, model: ModuleModel): SliceWarning[] {
  const warnings = new Map<string, SliceWarning>();
  for (const { item, call, name } of setupCalls(model)) {
    if (kept.has(item) || !needed.has(name) || warnings.has(name)) continue;
    const isUnset = isOnlySetLater(name, kept, model);
    // What only runs in a file that is started itself changes nothing for others, unless they have no value at all without.
    if (isStartGuard(item.statement) && !isUnset) continue;
    const line = lineOf(model.source, call.getStart(model.source));
    const how = isUnset ? 'only set' : 'set up or changed';
    warnings.set(name, { code: 'skipped-setup', message: `\`${name}\` is ${how} by \`${brief(call)}\` (line ${line}), which is not run.`, line });
  }
  return [...warnings.values()];
}

interface SetupCall {
  readonly item: Item;
  readonly call: Call;
  /** What it changes. */
  readonly name: string;
}

/** Every call that runs when the module is loaded and changes something of it, found once. */
function setupCalls(model: ModuleModel): readonly SetupCall[] {
  let calls = found.get(model);
  if (!calls) found.set(model, (calls = model.items.flatMap((item) => setupCallsOf(item, model))));
  return calls;
}

const found = new WeakMap<ModuleModel, readonly SetupCall[]>();

function setupCallsOf(item: Item, model: ModuleModel): SetupCall[] {
  const calls: SetupCall[] = [];
  if (item.kind !== 'statement' && item.kind !== 'variable') return calls;
  forEachImmediate(item.node, (call) => {
    if (isCall(call)) for (const name of changedBy(call, model)) calls.push({ item, call, name });
  });
  return calls;
}

/** Names that a call changes: through functions of the module, or because it is a method of what they hold. */
function changedBy(call: Call, { scope }: ModuleModel): Set<string> {
  const names = new Set<string>();
  for (const fn of calledFunctions([call], scope)) {
    for (const { key } of allWrites(fn, scope)) names.add(key);
  }
  const receiver = receiverOf(call);
  const name = receiver && scope.moduleName(receiver);
  if (name !== null && !onlyReads(call) && (isOwnVariable(scope.names.get(name)) || configures(call))) names.add(name);
  return names;
}

/** The name that a chain of calls starts with: `a` in `a.b().c()`. */
function receiverOf(call: Call): ts.Identifier | null {
  let at = calleeOf(call);
  if (!ts.isPropertyAccessExpression(at)) return null;
  while (!ts.isIdentifier(at)) {
    if (!ts.isPropertyAccessExpression(at) && !ts.isElementAccessExpression(at) && !ts.isCallExpression(at)) return null;
    at = at.expression;
  }
  return at;
}

/** `table.slice(0, 4)`: the methods of strings, arrays, maps and sets that leave their receiver as it is, whatever it holds. */
function onlyReads(call: Call): boolean {
  const callee = calleeOf(call);
  return ts.isPropertyAccessExpression(callee) && ts.isIdentifier(callee.expression) && readers.test(callee.name.text);
}

const readers =
  /^(?:at|charAt|charCodeAt|codePointAt|concat|endsWith|entries|flat|has|hasOwnProperty|includes|indexOf|join|keys|lastIndexOf|map|padEnd|padStart|repeat|replace|replaceAll|slice|split|startsWith|subarray|substring|toFixed|toLowerCase|toString|toUpperCase|trim|values)$/;

/** A variable of the module that holds an object of unknown make; a name that `require` gives is an import. */
function isOwnVariable(declarations: readonly ts.Declaration[] | undefined): boolean {
  return declarations?.some((it) => ts.isVariableDeclaration(it) && !/^require\b/.test(it.initializer?.getText() ?? '')) ?? false;
}

/** `dayjs.extend(…)`, `axios.create` not: by the verbs that change the receiver. */
function configures(call: Call): boolean {
  const callee = calleeOf(call);
  return ts.isPropertyAccessExpression(callee) && /^(?:extend|use|locale|config|configure|setup|init|install|plugin|register\w*|set[A-Z]\w*|add[A-Z]\w*)$/.test(callee.name.text);
}

/** Whether a variable has no value until something that is left out gives it one. */
function isOnlySetLater(name: string, kept: StateRequest['kept'], model: ModuleModel): boolean {
  const declared = model.scope.names.get(name) ?? [];
  return declared.every((it) => ts.isVariableDeclaration(it) && !it.initializer) && !hasKeptWriter(model.writing(name), kept);
}

const hasKeptWriter = (items: readonly Item[], kept: StateRequest['kept']): boolean => items.some((it) => kept.has(it));
