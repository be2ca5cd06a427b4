/**
 * Makes a target's module loadable: finds the target, follows the imports, copies what Node cannot load as it is.
 *
 *   slice + tail ─► graph of local modules ─► cycles, dependencies first ─► copies ─► LinkedModule
 */
import { err, ok, type Result } from '../../base/result';
import { importSelf } from '../../source/javascript/entry';
import type { Slice } from '../../source/slice';
import { components } from './components';
import { compileWith, esbuildFrom } from './compile';
import { Copies } from './copies';
import { CopyStore } from './copy-store';
import { decide, type Decided } from './decide';
import { Esbuild } from './esbuild';
import { Emissions, type Part } from './emissions';
import { linkError } from './link-errors';
import { LinkMemory } from './link-memory';
import type { LinkedModule, LinkError, LinkRequest } from './linked-module';
import { ModuleGraph } from './module-graph';
import { isNatural } from './natural';
import { PackageScopes } from './package-scopes';
import { Projects } from './project-settings';
import { Resolver } from './resolver';
import { makeRoots, type Root, type Roots } from './roots';
import { readText, realPath, Sources, type SourceCache } from './sources';

export interface LinkOptions {
  readonly cache: SourceCache;
  /** Asked between files; a link that is no longer wanted ends with the error `cancelled`. */
  readonly isCancelled?: () => boolean;
  /** From so many files on that have to be transpiled, the project's own esbuild does it. */
  readonly esbuildFrom?: number;
}

export async function link(request: LinkRequest, options: LinkOptions): Promise<Result<LinkedModule, LinkError>> {
  const shown = request.target.file;
  const sources = new Sources(options.cache, differing(request.unsaved));
  const projects = new Projects();
  const graph = new ModuleGraph(sources, new Resolver(), projects, new PackageScopes());

  const store = CopyStore.open(request.cache);
  if (!store.ok) return store;
  const file = realPath(shown);
  const memory = LinkMemory.of(file, store.value, options.cache);
  const isCancelled = options.isCancelled ?? (() => false);
  const roots = await makeRoots(graph, file, request, isCancelled);
  if (!roots.ok) return roots;
  const parts = await follow(graph, roots.value, shown, isCancelled);
  if (!parts.ok) return parts;
  const copies = new Copies(store.value, options.cache);
  const emissions = new Emissions(graph, store.value, (key) => copies.fileOf(key));
  const named = nameAll(parts.value, roots.value, copies, emissions);
  if (!named.ok) return named;
  const notes: string[] = [];
  const compile = compileWith({
    findEsbuild: () => Esbuild.find(file, request.workspace ?? []),
    least: options.esbuildFrom ?? esbuildFrom,
    note: (it) => notes.push(it),
  });
  const compiled = await copies.write(compile);
  if (!compiled.ok) return compiled;
  const { scanned } = sources;
  if (scanned > 0 || compiled.value > 0) memory.keep([...parts.value.values()].map((it) => it.decided.module.facts), copies.lengths());

  const { entry, inputs } = roots.value;
  const moduleFile = copies.fileOf(entry.key)!;
  const warnings = [...parts.value.values()].flatMap((it) => it.decided.warnings);
  return ok({
    moduleFile,
    inputsFile: inputs ? copies.fileOf(inputs.key)! : moduleFile,
    format: entry.module.format,
    sourceMaps: copies.mapped,
    warnings: [...roots.value.slice.warnings.map((it) => it.message), ...projects.warnings, ...warnings],
    watched: watchedFiles(parts.value, projects, shown),
    work: { modules: parts.value.size, scanned, compiled: compiled.value, notes },
  });
}

/** The part of a target's module that a link would load. */
export async function sliceTarget({ target, inputs, unsaved }: Omit<LinkRequest, 'cache'>, options: LinkOptions): Promise<Result<Slice, LinkError>> {
  const graph = new ModuleGraph(new Sources(options.cache, differing(unsaved)), new Resolver(), new Projects(), new PackageScopes());
  const roots = await makeRoots(graph, realPath(target.file), { target, inputs }, options.isCancelled ?? (() => false));
  if (!roots.ok) return roots;
  const { text, entry, captures, kept, leftOut, warnings } = roots.value.slice;
  return ok({ text, entry, captures, kept, leftOut, warnings });
}

/** All local modules that the roots load, decided. */
async function follow(
  graph: ModuleGraph,
  { entry, inputs, slice }: Roots,
  shown: string,
  isCancelled: () => boolean,
): Promise<Result<Map<string, Part>, LinkError>> {
  const parts = new Map<string, Part>();
  const roots = inputs ? [entry, inputs] : [entry];
  const waiting = roots.map((it) => it.key);
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (parts.has(key)) continue;
    if (isCancelled()) return err(linkError('cancelled', shown, 1, 'Linking was cancelled.'));
    const root = roots.find((it) => it.key === key);
    const module = root ? ok(root.module) : graph.module(key);
    if (!module.ok) return module;
    const decided = decide(graph, module.value);
    if (!decided.ok) return decided;
    parts.set(key, {
      key,
      decided: decided.value,
      shown: root ? shown : key,
      ...(root === entry && ends(entry, slice.reach.needsSelf)),
    });
    waiting.push(...localDependencies(decided.value));
    // Lets a message in, such as a cancellation.
    if (parts.size % 20 === 0) await new Promise(setImmediate);
  }
  return ok(parts);
}

/** What is added at the end of a root. */
function ends({ last, prefix }: Root, needsSelf: boolean): Pick<Part, 'last' | 'importSelf'> {
  return {
    ...(last !== undefined && { last }),
    ...(needsSelf && { importSelf: (specifier: string) => importSelf(prefix, specifier) }),
  };
}

function localDependencies({ made }: Decided): string[] {
  return [...made.values()].flatMap(({ found }) => (found.kind === 'local' && !found.path.endsWith('.json') ? [found.path] : []));
}

/** Names the copies that are needed, dependencies first. */
function nameAll(
  parts: ReadonlyMap<string, Part>,
  { entry, inputs }: Roots,
  copies: Copies,
  emissions: Emissions,
): Result<void, LinkError> {
  const roots = inputs ? [entry.key, inputs.key] : [entry.key];
  const isUnsaved = (path: string): boolean => emissions.graph.sources.unsaved.has(path);
  const needsCopy = ({ key, decided }: Part): boolean =>
    roots.includes(key) || !isNatural(decided, isUnsaved) || localDependencies(decided).some((it) => copies.fileOf(it) !== undefined);

  for (const cycle of components(roots, (key) => localDependencies(parts.get(key)!.decided))) {
    const members = cycle.map((it) => parts.get(it)!);
    if (!members.some(needsCopy)) continue;
    const named = copies.name(members, emissions);
    if (!named.ok) return named;
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
