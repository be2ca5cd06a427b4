/** Where a link starts: the slice of the target's module with a statement at its end, and the inputs expression where it can stand alone. */
import { err, ok, type Result } from '../../base/result';
import { checkInputs, freeNames } from '../../source/javascript/check-inputs';
import { entryTail } from '../../source/javascript/entry';
import { locatedByName } from '../../source/javascript/find';
import { jsxNames } from '../../source/javascript/jsx';
import type { LocatedFunction } from '../../source/javascript/located';
import { moduleFormat } from '../../source/javascript/module-format';
import { moduleNames } from '../../source/javascript/module-names';
import { isTypeScript } from '../../source/javascript/parse';
import { sliceFunction, type JavaScriptSlice } from '../../source/javascript/slice/slice-function';
import { freshPrefix } from '../../source/javascript/surrounding-edits';
import { syntaxNeeds } from '../../source/javascript/syntax-needs';
import { linkError, noSuchFunction, refused } from './link-errors';
import type { LinkError, LinkRequest } from './linked-module';
import type { Module, ModuleGraph } from './module-graph';
import type { KnownFacts } from './sources';
import { wantedOf } from './wanted';

export interface Root {
  /** What the graph knows it by. */
  readonly key: string;
  readonly module: Module;
  /** Starts the names that are added to it. */
  readonly prefix: string;
  /** The statement that hands over the target, where it is not part of the module's text. */
  readonly last?: string;
}

export interface Roots {
  readonly entry: Root;
  /** The inputs expression as a module of its own, where it needs nothing of the target's. */
  readonly inputs: Root | null;
  readonly slice: JavaScriptSlice;
}

/** What the inputs expression uses. */
interface InputsUse {
  readonly text: string;
  readonly names: ReadonlySet<string>;
  /** Those that the target's module binds; where there are any, the expression becomes a part of that. */
  readonly ofModule: readonly string[];
}

/**
 * A slice offers what the modules that it loads ask it for in turn, and what it offers may load more of them: so it is made
 * again until they ask for nothing new.
 *
 * @param file the target's real path
 */
export async function makeRoots(
  graph: ModuleGraph,
  file: string,
  { target, inputs }: Pick<LinkRequest, 'target' | 'inputs'>,
  isCancelled: () => boolean,
): Promise<Result<Roots, LinkError>> {
  const located = locate(graph, file, target);
  if (!located.ok) return located;
  const use = inputs === null ? ok(null) : inputsUse(inputs, located.value, file);
  if (!use.ok) return use;
  let wanted: ReadonlySet<string> = new Set();
  for (;;) {
    const roots = rootsOf(graph, file, located.value, use.value, wanted);
    if (!roots.ok) return roots;
    const more = await wantedOf(graph, roots.value.entry, isCancelled);
    if ([...more].every((it) => wanted.has(it))) return roots;
    wanted = new Set([...wanted, ...more]);
  }
}

function rootsOf(
  graph: ModuleGraph,
  file: string,
  target: LocatedFunction,
  inputs: InputsUse | null,
  wanted: ReadonlySet<string>,
): Result<Roots, LinkError> {
  const original = target.node.getSourceFile();
  const jsx = jsxNames(original.text, graph.projects.of(file).compiler);
  const sliced = sliceFunction(target, { exports: wanted, names: inputs?.ofModule ?? [], jsx });
  if (!sliced.ok) return err(refused(file, sliced.error));
  const slice = sliced.value;
  const { text, reach } = slice;
  const prefix = freshPrefix(text + (inputs?.text ?? ''));
  const isWithin = inputs !== null && inputs.ofModule.length > 0;

  const facts = graph.sources.factsOf('slice', file, text);
  if (!facts.ok) return facts;
  const module = graph.add(file, asWritten(facts.value, original));
  const tail = entryTail({ reach: reach.code, inputs: isWithin ? inputs.text : undefined }, module.format, prefix);
  if (!isWithin) {
    const entry = { key: file, module, prefix, last: tail };
    const apart = inputs === null ? ok(null) : inputsRoot(graph, entry, inputs);
    return apart.ok ? ok({ slice, entry, inputs: apart.value }) : apart;
  }
  const whole = graph.sources.factsOf('whole', file, `${text}\n${tail}`, inputs.names);
  if (!whole.ok) return whole;
  return ok({ slice, entry: { key: file, module: graph.add(file, asWritten(whole.value, original)), prefix }, inputs: null });
}

/** A slice is of the module system of its file, whatever has been left of the syntax that says so. */
function asWritten(facts: KnownFacts, original: LocatedFile): KnownFacts {
  const jsx = facts.needs.jsx || (!isTypeScript(original.fileName) && syntaxNeeds(original).jsx);
  return { ...facts, format: moduleFormat(original), needs: { ...facts.needs, jsx } };
}

type LocatedFile = ReturnType<LocatedFunction['node']['getSourceFile']>;

function locate(graph: ModuleGraph, file: string, target: LinkRequest['target']): Result<LocatedFunction, LinkError> {
  const text = graph.sources.read(file);
  if (!text.ok) return text;
  const functions = graph.sources.cache.functions(file, text.value);
  if (!functions.ok) return err(refused(file, functions.error));
  const located = locatedByName(functions.value, target.function, target.line, target.column);
  if (!located) return err(noSuchFunction(file, target.function));
  return located.found.refusal ? err(refused(file, located.found.refusal)) : ok(located);
}

function inputsUse(text: string, target: LocatedFunction, file: string): Result<InputsUse, LinkError> {
  const fault = checkInputs(text);
  if (fault)
    return err(linkError('inputs', file, 1, `The inputs cannot be read: ${fault.message}`, 'Mend the inputs expression.'));
  const names = freeNames(text);
  const own = moduleNames(target.node.getSourceFile());
  return ok({ text, names, ofModule: [...names].filter((it) => own.has(it) || it === 'exports' || it === 'module') });
}

/** The expression as a module beside the target's: with other inputs, the target's stays as it is. */
function inputsRoot(graph: ModuleGraph, { key, module, prefix }: Root, { text, names }: InputsUse): Result<Root, LinkError> {
  const facts = graph.sources.factsOf('inputs', key, entryTail({ inputs: text }, module.format, prefix), names);
  if (!facts.ok) return facts;
  // The expression is of the target's module system, whatever its own syntax would say.
  return ok({ key: `${key}\0inputs`, module: graph.make(key, { ...facts.value, format: module.format }), prefix });
}
