/**
 * The part of a module that a function needs.
 *
 *   target ─► uses ─► items that declare and write them ─► … until nothing is added ─► everything else blank
 */
import type ts from 'typescript';
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../found-function';
import type { Slice, SliceItem, SliceWarning } from '../../slice';
import type { LocatedFunction, Reach } from '../located';
import { isModuleStatement } from '../module-format';
import { bounded, lineOf, parse, syntaxFault } from '../parse';
import { blankedText } from './blank';
import { describe, brief } from './describe';
import { effectWarnings, firstEffect } from './effects';
import { isPolyfill, isStartGuard } from './guards';
import type { Item } from './items';
import { Keeping } from './keep';
import { liftedRange, type Lift } from './lift';
import { ModuleModel } from './model';
import { stateWarnings } from './module-state';
import { evalRefusal, syntaxRefusal } from './refuse';
import { skippedSetup } from './skipped';
import { hasJsx, usesOf } from './uses';
import { keepExports } from './wanted';

/** Who else needs something of the module, beside the target. */
export interface SliceRoots {
  /** Names of the module's own scope, such as those in an inputs expression; `exports` for all exports. */
  readonly names?: Iterable<string>;
  /** Exports that modules ask for which the module itself imports; `*` for all. */
  readonly exports?: Iterable<string>;
  /** Names that the project's settings say JSX is compiled to use; needed where JSX is kept. */
  readonly jsx?: Iterable<string>;
}

export interface JavaScriptSlice extends Slice {
  /** How the target is reached; `entry` is its code, with `self` for the module's own namespace. */
  readonly reach: Reach;
}

/** The slice of a function that can be reached, or why there is none: its file is broken where it matters, or names cannot be known. */
export function sliceFunction(target: LocatedFunction, roots: SliceRoots = {}): Result<JavaScriptSlice, Refusal> {
  if (target.found.refusal || !target.reach) return err(target.found.refusal!);
  const sliced = bounded(() => slice(target, target.reach!, roots));
  return sliced.ok ? sliced.value : sliced;
}

function slice(target: LocatedFunction, reach: Reach, roots: SliceRoots): Result<JavaScriptSlice, Refusal> {
  const source = target.node.getSourceFile();
  const model = ModuleModel.of(source);
  const keeping = new Keeping(model);
  keepTarget(target, keeping);
  for (const name of roots.names ?? []) keeping.need(name === 'exports' || name === 'module' ? 'exports.*' : name, 'used by the inputs');
  keepExports(roots.exports ?? [], keeping);
  keepForJsx(roots.jsx ?? [], target, keeping);

  const { kept, needed } = keeping;
  const lifted = target.lift?.node ?? null;
  const nodes = [...[...kept.keys()].map((it) => it.node), ...(lifted ? [lifted] : [])];
  const refusal = syntaxRefusal(nodes, source) ?? evalRefusal(nodes, target.found.name);
  if (refusal) return err(refusal);
  const text = textOf(target, kept, source);
  const fault = brokenBy(text, source);
  if (fault) return err(fault);
  const request = { needed, kept, lifted };
  return ok({
    text,
    entry: reach.code('self'),
    reach,
    captures: capturesOf(target, model),
    kept: keptItems(target, kept, source),
    leftOut: model.items.filter((it) => !kept.has(it) && it.kind !== 'type').map((it) => leftOutItem(it, source)),
    warnings: [
      ...(reach.warning === undefined ? [] : [warningOf(reach.warning, target)]),
      ...stateWarnings(request, model),
      ...skippedSetup(request, model),
      ...effectWarnings(kept.keys(), model),
    ],
  });
}

function keepTarget({ node, lift, found }: LocatedFunction, keeping: Keeping): void {
  const { model } = keeping;
  if (lift) return keeping.needAll(usesOf(lift.node, model.scope), `used by \`${found.name}\``);
  const item = model.index.of(node);
  if (item) keeping.keep(item, 'the target');
}

function keepForJsx(names: Iterable<string>, { lift }: LocatedFunction, keeping: Keeping): void {
  for (const name of names) {
    const isNeeded = (lift !== null && hasJsx(lift.node)) || [...keeping.kept.keys()].some((it) => hasJsx(it.node));
    if (isNeeded) keeping.need(name, 'used for JSX');
  }
}

function textOf({ node, lift }: LocatedFunction, kept: ReadonlyMap<Item, string>, source: ts.SourceFile): string {
  const isWhole = lift !== null && kept.has(ModuleModel.of(source).index.of(node)!);
  const range = lift && liftedRange(lift, source);
  const text = blankedText(source, new Set(kept.keys()), isWhole ? null : range);
  // What holds the function is kept, too: then the function is there twice, the second time at the end.
  const copy = range && isWhole ? `\n${range.before}${source.text.slice(range.start, range.end)}${range.after}` : '';
  return text + copy + aliasOf(lift) + marker(source, kept);
}

const aliasOf = (lift: Lift | null): string => (lift?.alias ? `\nvar ${lift.alias}=${lift.name};` : '');

/** What made the file an ES module may be gone. */
function marker(source: ts.SourceFile, kept: ReadonlyMap<Item, string>): string {
  const isModule = source.statements.some(isModuleStatement);
  return isModule && ![...kept.keys()].some((it) => isModuleStatement(it.statement)) ? '\nexport {};' : '';
}

/** In a broken file, what is missing from a piece of code may only show where the next one begins. */
function brokenBy(text: string, source: ts.SourceFile): Refusal | null {
  if (!syntaxFault(source)) return null;
  const parsed = parse(source.fileName, text);
  if (!parsed.ok) return parsed.error;
  const fault = syntaxFault(parsed.value);
  return fault && { code: 'syntax', message: `The function, or something that it needs, cannot be read: ${fault.message}`, line: fault.line };
}

function capturesOf({ node, lift, found }: LocatedFunction, model: ModuleModel): string[] {
  const own = lift ? [] : model.declaredBy(model.index.of(node)!).filter((it) => it === found.name);
  return [...new Set(usesOf(node, model.scope).map((it) => it.key))].filter((it) => !own.includes(it));
}

const inOrder = (kept: ReadonlyMap<Item, string>): [Item, string][] => [...kept].sort(([a], [b]) => a.node.pos - b.node.pos);

function keptItems({ lift, found }: LocatedFunction, kept: ReadonlyMap<Item, string>, source: ts.SourceFile): SliceItem[] {
  const items = inOrder(kept).map(([item, why]) => keptItem(item, why, source));
  if (lift) items.push({ what: found.name, ...lines(lift, source), why: 'the target' });
  return items.sort((a, b) => a.line - b.line);
}

function keptItem(item: Item, why: string, source: ts.SourceFile): SliceItem {
  const effect = firstEffect(item);
  return { what: describe(item), ...lines(item, source), why: effect ? `${why}; runs \`${brief(effect)}\`` : why };
}

function leftOutItem(item: Item, source: ts.SourceFile): SliceItem {
  return { what: describe(item), ...lines(item, source), why: reasonToLeave(item) };
}

function reasonToLeave({ kind, node, statement }: Item): string {
  if (isStartGuard(statement)) return 'only for a file that is started itself';
  if (kind === 'import' && node === statement && !isPolyfill(statement)) return 'imported for its effects only';
  return kind === 'statement' ? 'changes nothing that is needed' : 'not needed';
}

function lines({ node }: Pick<Item, 'node'>, source: ts.SourceFile): { line: number; endLine: number } {
  return { line: lineOf(source, node.getStart(source)), endLine: lineOf(source, node.end) };
}

const warningOf = (message: string, { found }: LocatedFunction): SliceWarning => ({ code: 'new-object', message, line: found.line });
