/**
 * Makes a target's module loadable: finds the target, follows the imports, copies what Node cannot load as it is.
 *
 *   entry text + tail ─► graph of local modules ─► cycles, dependencies first ─► copies ─► LinkedModule
 */
import { err, ok, type Result } from '../../base/result';
import { checkInputs, freeNames } from '../../source/javascript/check-inputs';
import { entryTail, importSelf } from '../../source/javascript/entry';
import { locatedByName } from '../../source/javascript/find';
import type { LocatedFunction } from '../../source/javascript/located';
import { freshPrefix } from '../../source/javascript/surrounding-edits';
import { components } from './components';
import { Copies, type Part } from './copies';
import { CopyStore } from './copy-store';
import { decide, type Decided } from './decide';
import { linkError, noSuchFunction, refused } from './link-errors';
import type { LinkedModule, LinkError, LinkRequest } from './linked-module';
import { ModuleGraph, type Module } from './module-graph';
import { isNatural } from './natural';
import { PackageScopes } from './package-scopes';
import { Projects } from './project-settings';
import { Resolver } from './resolver';
import { readText, realPath, Sources, type SourceCache } from './sources';

export interface LinkOptions {
  readonly cache: SourceCache;
  /** Asked between files; a link that is no longer wanted ends with the error `cancelled`. */
  readonly isCancelled?: () => boolean;
}

export async function link(request: LinkRequest, { cache, isCancelled = () => false }: LinkOptions): Promise<Result<LinkedModule, LinkError>> {
  const file = realPath(request.target.file);
  const sources = new Sources(cache, differing(request.unsaved));
  const projects = new Projects();
  const graph = new ModuleGraph(sources, new Resolver(), projects, new PackageScopes());

  const roots = makeRoots(graph, file, request);
  if (!roots.ok) return roots;
  const parts = await follow(graph, roots.value, isCancelled);
  if (!parts.ok) return parts;
  const store = CopyStore.open(request.cache);
  if (!store.ok) return store;
  const copies = new Copies(graph, store.value);
  const copied = copyAll(parts.value, roots.value, copies, sources);
  if (!copied.ok) return copied;

  const { entry, inputs, target } = roots.value;
  const moduleFile = copies.of(entry.key)!.file;
  return ok({
    moduleFile,
    inputsFile: inputs ? copies.of(inputs.key)!.file : moduleFile,
    format: entry.module.format,
    sourceMaps: copies.mapped,
    warnings: [...(target.reach?.warning ? [target.reach.warning] : []), ...projects.warnings, ...[...parts.value.values()].flatMap((it) => it.decided.warnings)],
    watched: watchedFiles(parts.value, projects, request.target.file),
  });
}

interface Root {
  readonly key: string;
  readonly module: Module;
  readonly prefix: string;
  /** The statement that hands over the target, where it is not part of the module's text. */
  readonly last?: string;
}

interface Roots {
  readonly target: LocatedFunction;
  readonly entry: Root;
  /** The inputs expression as a module of its own, where it needs nothing of the target's. */
  readonly inputs: Root | null;
  /** The path that the user gave. */
  readonly shown: string;
}

function makeRoots(graph: ModuleGraph, file: string, { target, inputs }: LinkRequest): Result<Roots, LinkError> {
  const text = graph.sources.read(file);
  if (!text.ok) return text;
  const plain = graph.sources.facts(file);
  const functions = graph.sources.cache.functions(file, text.value);
  if (!functions.ok) return err(refused(file, functions.error));
  const located = locatedByName(functions.value, target.function, target.line, target.column);
  if (!located) return err(noSuchFunction(file, target.function));
  if (located.found.refusal) return err(refused(file, located.found.refusal));
  if (!plain.ok) return plain;

  const fault = inputs === null ? null : checkInputs(inputs);
  if (fault) return err(linkError('inputs', file, 1, fault.message, 'Mend the inputs expression.'));
  const used = inputs === null ? new Set<string>() : freeNames(inputs);
  const inModule = inputs !== null && [...used].some((it) => plain.value.names.has(it) || it === 'exports' || it === 'module');

  const prefix = freshPrefix(text.value + (inputs ?? ''));
  const reach = located.reach!;
  if (inputs !== null && inModule) {
    const withInputs = `${text.value}\n${entryTail({ reach: reach.code, inputs }, prefix)}`;
    const facts = graph.sources.cache.factsWith(file, withInputs, used);
    if (!facts.ok) return facts;
    return ok({ target: located, entry: { key: file, module: graph.add(file, facts.value), prefix }, inputs: null, shown: target.file });
  }
  const last = entryTail({ reach: reach.code }, prefix);
  const entry = { key: file, module: graph.add(file, plain.value), prefix, last };
  if (inputs === null) return ok({ target: located, entry, inputs: null, shown: target.file });

  const alone = graph.sources.cache.factsWith(file, entryTail({ inputs }, prefix), used);
  if (!alone.ok) return alone;
  // The expression is of the target's module system, whatever its own syntax would say.
  const module = graph.make(file, { ...alone.value, format: entry.module.format });
  return ok({ target: located, entry, inputs: { key: `${file}\0inputs`, module, prefix }, shown: target.file });
}

/** All local modules that the roots load, decided. */
async function follow(graph: ModuleGraph, { entry, inputs, target, shown }: Roots, isCancelled: () => boolean): Promise<Result<Map<string, Part>, LinkError>> {
  const parts = new Map<string, Part>();
  const needsSelf = target.reach?.needsSelf === true;
  const waiting: { key: string; module: Module; shown: string; root?: Root }[] = [{ key: entry.key, module: entry.module, shown, root: entry }];
  if (inputs) waiting.push({ key: inputs.key, module: inputs.module, shown });
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { key, module, root } = next;
    if (parts.has(key)) continue;
    if (isCancelled()) return err(linkError('cancelled', shown, 1, 'Linking was cancelled.'));
    const decided = decide(graph, module);
    if (!decided.ok) return decided;
    parts.set(key, { key, decided: decided.value, shown: next.shown, ...(root?.last && { last: root.last }), ...(root && needsSelf && { importSelf: (it: string) => importSelf(root.prefix, it) }) });
    for (const dependency of localDependencies(decided.value)) {
      if (parts.has(dependency)) continue;
      const found = graph.module(dependency);
      if (!found.ok) return found;
      waiting.push({ key: dependency, module: found.value, shown: dependency });
    }
    // Lets a message in, such as a cancellation.
    if (parts.size % 20 === 0) await new Promise(setImmediate);
  }
  return ok(parts);
}

function localDependencies({ made }: Decided): string[] {
  return [...made.values()].flatMap(({ found }) => (found.kind === 'local' && !found.path.endsWith('.json') ? [found.path] : []));
}

function copyAll(parts: ReadonlyMap<string, Part>, { entry, inputs }: Roots, copies: Copies, sources: Sources): Result<void, LinkError> {
  const keys = inputs ? [entry.key, inputs.key] : [entry.key];
  for (const cycle of components(keys, (key) => localDependencies(parts.get(key)!.decided))) {
    const members = cycle.map((it) => parts.get(it)!);
    const needed = members.some(
      ({ key, decided }) =>
        keys.includes(key) || !isNatural(decided, (it) => sources.unsaved.has(it)) || localDependencies(decided).some((it) => copies.of(it) !== undefined),
    );
    if (!needed) continue;
    const copied = copies.copy(members);
    if (!copied.ok) return copied;
  }
  return ok(undefined);
}

/** Unsaved texts by real path, without those that say what the disk says. */
function differing(unsaved: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [file, text] of unsaved) {
    const path = realPath(file);
    const saved = readText(path);
    if (!saved.ok || saved.value !== text) texts.set(path, text);
  }
  return texts;
}

function watchedFiles(parts: ReadonlyMap<string, Part>, projects: Projects, shown: string): string[] {
  const files = new Set([shown, ...projects.files]);
  for (const { decided } of parts.values()) {
    files.add(decided.module.path);
    for (const { found } of decided.made.values()) if (found.kind === 'local') files.add(found.path);
  }
  return [...files];
}
