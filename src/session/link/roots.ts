/** Where a link starts: the target's module with a statement at its end, and the inputs expression where it can stand alone. */
import { err, ok, type Result } from '../../base/result';
import { checkInputs, freeNames } from '../../source/javascript/check-inputs';
import { entryTail } from '../../source/javascript/entry';
import { locatedByName } from '../../source/javascript/find';
import type { LocatedFunction, Reach } from '../../source/javascript/located';
import type { ModuleFacts } from '../../source/javascript/module-facts';
import { freshPrefix } from '../../source/javascript/surrounding-edits';
import { linkError, noSuchFunction, refused } from './link-errors';
import type { LinkError, LinkRequest } from './linked-module';
import type { Module, ModuleGraph } from './module-graph';

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
  readonly reach: Reach;
  readonly entry: Root;
  /** The inputs expression as a module of its own, where it needs nothing of the target's. */
  readonly inputs: Root | null;
}

/** @param file the target's real path */
export function makeRoots(graph: ModuleGraph, file: string, { target, inputs }: LinkRequest): Result<Roots, LinkError> {
  const located = locate(graph, file, target);
  if (!located.ok) return located;
  const reach = located.value.reach!;
  const facts = graph.sources.facts(file);
  if (!facts.ok) return facts;
  const module = graph.add(file, facts.value);
  const prefix = freshPrefix(facts.value.text + (inputs ?? ''));
  const last = entryTail({ reach: reach.code }, module.format, prefix);
  const entry = { key: file, module, prefix, last };
  if (inputs === null) return ok({ reach, entry, inputs: null });

  const fault = checkInputs(inputs);
  if (fault)
    return err(linkError('inputs', file, 1, `The inputs cannot be read: ${fault.message}`, 'Mend the inputs expression.'));
  const used = freeNames(inputs);
  return usesModule(used, facts.value) ? within(graph, entry, reach, inputs, used) : apart(graph, entry, reach, inputs, used);
}

function locate(graph: ModuleGraph, file: string, target: LinkRequest['target']): Result<LocatedFunction, LinkError> {
  const text = graph.sources.read(file);
  if (!text.ok) return text;
  const functions = graph.sources.cache.functions(file, text.value);
  if (!functions.ok) return err(refused(file, functions.error));
  const located = locatedByName(functions.value, target.function, target.line, target.column);
  if (!located) return err(noSuchFunction(file, target.function));
  return located.found.refusal ? err(refused(file, located.found.refusal)) : ok(located);
}

function usesModule(used: ReadonlySet<string>, { names }: ModuleFacts): boolean {
  return [...used].some((it) => names.has(it) || it === 'exports' || it === 'module');
}

/** The expression as part of the target's module. */
function within(
  graph: ModuleGraph,
  { key, module, prefix }: Root,
  reach: Reach,
  inputs: string,
  used: ReadonlySet<string>,
): Result<Roots, LinkError> {
  const tail = entryTail({ reach: reach.code, inputs }, module.format, prefix);
  const facts = graph.sources.factsWith(key, `${module.facts.text}\n${tail}`, used);
  return facts.ok ? ok({ reach, entry: { key, module: graph.add(key, facts.value), prefix }, inputs: null }) : facts;
}

/** The expression as a module beside the target's: with other inputs, the target's stays as it is. */
function apart(
  graph: ModuleGraph,
  entry: Root,
  reach: Reach,
  inputs: string,
  used: ReadonlySet<string>,
): Result<Roots, LinkError> {
  const { format } = entry.module;
  const facts = graph.sources.factsWith(entry.key, entryTail({ inputs }, format, entry.prefix), used);
  if (!facts.ok) return facts;
  // The expression is of the target's module system, whatever its own syntax would say.
  const module = graph.make(entry.key, { ...facts.value, format });
  return ok({ reach, entry, inputs: { key: `${entry.key}\0inputs`, module, prefix: entry.prefix } });
}
