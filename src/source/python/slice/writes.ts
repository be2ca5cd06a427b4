/** Which of the module's names a piece of code changes. */
import { textOf } from '../parse';
import { holderOf } from '../scopes';
import { walk, type PyNode } from '../tree';
import { isSetter } from './guards';
import type { ModuleModel } from './model';

/** Methods that change what they are called on. */
const mutators = new Set(
  ('append appendleft extend extendleft add update insert setdefault pop popitem popleft remove clear discard sort reverse rotate ' +
    'subtract push register put put_nowait intersection_update difference_update symmetric_difference_update __setitem__ setattr').split(' '),
);

/**
 * Names that `node` assigns into (`x.y = …`, `x[0] += …`, `del x[0]`), calls a changing method of, or declares `global` and assigns.
 *
 * @param inside whether functions in it are looked into: what calling them does
 */
export function writtenIn(model: ModuleModel, node: PyNode, inside: boolean): Set<string> {
  const written = new Set<string>();
  const add = (target: PyNode): void => {
    const root = rootOf(target);
    if (root && root !== target) addName(root);
  };
  const addName = (name: PyNode): void => {
    const text = textOf(model.source, name);
    if (isModuleName(model, name)) written.add(text);
  };
  walk(node, (it) => {
    if (!inside && (it.kind === 'FunctionDefinition' || it.kind === 'LambdaExpression')) return false;
    if (it.kind === 'AssignStatement') {
      const last = it.children.findLastIndex((child) => child.kind === 'AssignOp');
      for (const target of it.children.slice(0, Math.max(last, 0))) targetsOf(target).forEach(add);
    } else if (it.kind === 'UpdateStatement') targetsOf(it.children[0]!).forEach(add);
    else if (it.kind === 'DeleteStatement') {
      for (const target of it.children) targetsOf(target).forEach(add);
    } else if (it.kind === 'ForStatement') {
      for (const target of it.children.slice(0, it.children.findIndex((child) => child.kind === 'in'))) targetsOf(target).forEach(add);
    } else if (it.kind === 'CallExpression') changedByCall(model, it).forEach(addName);
    return true;
  });
  if (inside) {
    for (const { name, kind, scope } of model.usesIn(node.start, node.end)) {
      if (kind !== 'read' && scope.kind !== 'module' && scope.bindings.get(name)?.global) written.add(name);
    }
  }
  return written;
}

function changedByCall(model: ModuleModel, call: PyNode): PyNode[] {
  const [callee, list] = call.children;
  if (!callee) return [];
  if (callee.kind === 'VariableName') {
    const first = /^(?:setattr|delattr|next)$/.test(textOf(model.source, callee)) ? list?.children[1] : undefined;
    const root = first && rootOf(first);
    return root ? [root] : [];
  }
  if (callee.kind !== 'MemberExpression') return [];
  const root = rootOf(callee);
  const method = callee.children.at(-1)!;
  if (!root || method.kind !== 'PropertyName') return [];
  const name = textOf(model.source, method);
  // What an import gives is somebody else's: only what sets it up counts.
  const counts = model.imported.has(textOf(model.source, root)) ? isSetter(name) : mutators.has(name);
  return counts ? [root] : [];
}

/** The names and places in a target: `a`, `(b, *c.d)`. */
function targetsOf(target: PyNode): PyNode[] {
  const isGroup = ['TupleExpression', 'ArrayExpression', 'ParenthesizedExpression'].includes(target.kind);
  return isGroup ? target.children.flatMap(targetsOf) : target.kind === 'MemberExpression' ? [target] : [];
}

/** `x` of `x.y[0]().z`. */
export function rootOf(node: PyNode): PyNode | null {
  let at = node;
  while ((at.kind === 'MemberExpression' || at.kind === 'CallExpression') && at.children[0]) at = at.children[0];
  return at.kind === 'VariableName' ? at : null;
}

function isModuleName(model: ModuleModel, node: PyNode): boolean {
  const use = model.usesIn(node.start, node.start + 1).find((it) => it.node === node);
  return use !== undefined && holderOf(use.scope, use.name).kind === 'module' && model.scopes.module.bindings.has(use.name);
}
