/**
 * The part of a module that a function needs.
 *
 *   target ─► names it uses ─► items that bind and write them ─► … until nothing is added ─► everything else blank
 */
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../found-function';
import type { Slice, SliceWarning } from '../../slice';
import type { ReadFile } from '../find';
import type { LocatedFunction, Reach } from '../located';
import { bounded, faultIn, lineOf, parse, textOf, type PySource } from '../parse';
import { nestedReason } from '../refusals';
import { isWithin } from '../scopes';
import { ancestor, childOf, walk, type PyNode } from '../tree';
import { blankedText } from './blank';
import { guardOf } from './guards';
import { Keeping } from './keep';
import { ModuleModel } from './model';
import { effectWarnings, keptItem, leftOutItem, skippedWarnings, stateWarnings } from './report';

export interface PythonSlice extends Slice {
  /** The dotted name by which another process finds the target when it is pickled; `null` where it cannot be. */
  readonly importName: string | null;
}

/**
 * The slice of a function that can be reached, or why there is none: code that it needs is broken, or uses names that nobody can know.
 *
 * @param names of the module that somebody else needs too, such as an inputs expression
 */
export function sliceFunction(file: ReadFile, target: LocatedFunction, names: Iterable<string> = []): Result<PythonSlice, Refusal> {
  if (target.found.refusal || !target.reach) return err(target.found.refusal!);
  const sliced = bounded(() => slice(file, target, target.reach!, names));
  return sliced.ok ? sliced.value : sliced;
}

function slice(file: ReadFile, target: LocatedFunction, reach: Reach, names: Iterable<string>): Result<PythonSlice, Refusal> {
  const { source } = file;
  const { whole, found } = target;
  const model = ModuleModel.of(file, mainBlockAround(source, whole));
  const keeping = new Keeping(model);
  const lifted = reach.lifted ? whole : null;
  const own = model.items.find((it) => it.start <= whole.start && whole.end <= it.end)!;
  if (lifted) for (const { name } of model.needsIn(whole.start, whole.end)) keeping.need(name, `used by \`${found.name}\``);
  else {
    keeping.keep(own, 'the target');
    keeping.need(found.name.split('.')[0]!, 'the target');
  }
  for (const name of names) keeping.need(name, 'used by the inputs');
  keeping.settle();
  // Its outer function would be there twice.
  if (lifted && keeping.kept.has(own)) return err({ ...nestedReason(found.name, found.name.slice(0, found.name.lastIndexOf('.'))), line: found.line });

  const { kept } = keeping;
  const inOrder = [...kept].sort(([a], [b]) => a.start - b.start);
  const nodes = [...new Set(inOrder.map(([it]) => it.statement)), ...(lifted ? [lifted] : [])];
  const refusal = brokenIn(source, nodes) ?? unknowable(model, nodes);
  if (refusal) return err(refusal);
  const text = blankedText(source, new Set(kept.keys()), lifted);
  const fault = brokenBy(source, text);
  if (fault) return err(fault);
  return ok({
    text,
    entry: reach.entry,
    importName: reach.importName,
    captures: capturesOf(model, target),
    kept: inOrder.map(([item, why]) => keptItem(model, item, why)),
    leftOut: model.items.filter((it) => !kept.has(it) && it.kind !== 'docstring' && it !== (lifted && own)).map((it) => leftOutItem(model, it)),
    warnings: [...objectWarning(target, reach), ...stateWarnings(keeping, lifted), ...skippedWarnings(keeping), ...effectWarnings(keeping)],
  });
}

/** The top-level main block that a target is written in. */
function mainBlockAround(source: PySource, whole: PyNode): PyNode | null {
  const top = source.root.children.find((it) => it.start <= whole.start && whole.end <= it.end);
  const body = top && guardOf(source, top) === 'main' ? childOf(top, 'Body') : undefined;
  return body && body.start <= whole.start && whole.end <= body.end ? top! : null;
}

function brokenIn(source: PySource, nodes: readonly PyNode[]): Refusal | null {
  for (const node of nodes) {
    const fault = faultIn(source, node);
    if (fault !== null) return syntaxRefusal(lineOf(source, fault));
  }
  return null;
}

/** Guards against our own mistakes: what was not broken before must not be now. */
function brokenBy(source: PySource, text: string): Refusal | null {
  const parsed = parse(source.path, text);
  if (!parsed.ok) return parsed.error;
  const fault = faultIn(parsed.value, parsed.value.root);
  return fault === null ? null : syntaxRefusal(lineOf(parsed.value, fault));
}

const syntaxRefusal = (line: number): Refusal => ({
  code: 'syntax',
  message: `The function, or something that it needs, is no valid Python at line ${line}. Mend the line.`,
  line,
});

/** Calls that reach names which are written nowhere: `eval(text)`, `exec(text)`, `globals()`. */
function unknowable(model: ModuleModel, nodes: readonly PyNode[]): Refusal | null {
  for (const node of nodes) {
    let refusal: Refusal | null = null;
    walk(node, (it) => {
      const name = it.kind === 'CallExpression' && it.children[0]?.kind === 'VariableName' ? textOf(model.source, it.children[0]) : '';
      const given = name === '' ? 0 : childOf(it, 'ArgList')!.children.filter((child) => child.kind === ',').length;
      const isDynamic = (name === 'eval' || name === 'exec') ? given === 0 : name === 'globals' && ancestor(it, 'FunctionDefinition', 'LambdaExpression') !== null;
      if (refusal || !isDynamic || model.binders.has(name)) return refusal === null;
      const line = lineOf(model.source, it.start);
      refusal = { code: 'eval', message: `\`${name}\` at line ${line} can use any name of the module, so what is needed cannot be known. Pass what it uses as parameters.`, line };
      return false;
    });
    if (refusal) return refusal;
  }
  return null;
}

function capturesOf(model: ModuleModel, { node, whole, found }: LocatedFunction): string[] {
  const own = model.scopes.of.get(node);
  const names = model
    .needsIn(whole.start, whole.end)
    .filter(({ name, scope }) => model.binders.has(name) && name !== found.name && !(own && isWithin(scope, own) && name === found.name.split('.')[0]));
  return [...new Set(names.map(({ name }) => name))];
}

function objectWarning({ found }: LocatedFunction, { constructs }: Reach): SliceWarning[] {
  if (constructs === null) return [];
  const message = `\`${found.name}\` is called on a new \`${constructs}()\`, one for each worker.`;
  return [{ code: 'new-object', message, line: found.line }];
}

