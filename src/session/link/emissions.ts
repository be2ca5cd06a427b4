/** What a module's copy is to be like: where its requests lead, what of it is left, what is added. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { err, ok, type Result } from '../../base/result';
import type { Emission } from '../../source/javascript/emit';
import type { Decisions, Replacement } from '../../source/javascript/import-edits';
import type { ModuleRequest } from '../../source/javascript/module-facts';
import type { CopyStore } from './copy-store';
import type { Decided, Made } from './decide';
import { interopModule, isNamespace, needsInterop, writtenForCommonJs } from './interop';
import { jsonModule } from './json-module';
import { syntaxError } from './link-errors';
import type { LinkError } from './linked-module';
import type { ModuleGraph } from './module-graph';

/** A module on its way to a copy. */
export interface Part {
  /** What other modules know it by: its path, unless nothing can ask for it. */
  readonly key: string;
  readonly decided: Decided;
  /** The path that the user knows the file by. */
  readonly shown: string;
  /** The statement that hands over the target. */
  readonly last?: string;
  /** Code for the end of an ES module that needs its own specifier. */
  readonly importSelf?: (specifier: string) => string;
}

export class Emissions {
  constructor(
    readonly graph: ModuleGraph,
    readonly store: CopyStore,
    /** The copy of a module, where there is one. */
    readonly copyOf: (key: string) => string | undefined,
  ) {}

  /** @param cycle stand-ins for the names of the copies in the module's own import cycle, which are not known yet */
  of(part: Part, cycle: ReadonlyMap<string, string>): Result<Emission, LinkError> {
    const { module, made } = part.decided;
    const specifiers = new Map<ModuleRequest, Replacement | null>();
    for (const it of made.values()) {
      const specifier = this.#specifier(part.decided, it, cycle);
      if (!specifier.ok) return specifier;
      specifiers.set(it.request, specifier.value);
    }
    return ok({
      format: module.format,
      place: { file: module.path, directory: path.dirname(module.path), url: pathToFileURL(module.path).href },
      shownAs: part.key === module.path ? shownAs(part.shown, module.format) : 'corewise:inputs',
      decisions: this.#decisions(part.decided, specifiers),
      settings: module.settings,
      commonJs: writtenForCommonJs(module),
      jsxRuntime: module.jsxRuntime && pathToFileURL(module.jsxRuntime).href,
      ...(part.last !== undefined && { last: part.last }),
      ...(part.importSelf && module.format === 'esm' && { imports: part.importSelf(cycle.get(part.key)!) }),
    });
  }

  #decisions(decided: Decided, specifiers: ReadonlyMap<ModuleRequest, Replacement | null>): Decisions {
    const { module, made, dropped, keepsEmpty } = decided;
    return {
      isMade: (request) => made.has(request) || request.kind === 'require' || request.kind === 'import-call',
      specifier: (request) => specifiers.get(request) ?? lost(request, module.path, decided),
      exists: (_, binding) => !dropped.has(binding),
      isValueExport: (entry) => this.graph.isValueExport(module, entry),
      isUsed: (binding) => decided.isUsed(binding),
      keepsEmpty,
    };
  }

  /** What a request is to say in the copy; `null`: what it says now. */
  #specifier(decided: Decided, made: Made, cycle: ReadonlyMap<string, string>): Result<Replacement | null, LinkError> {
    const { request, found } = made;
    if (!('path' in found)) return ok(null);
    const requires =
      request.kind === 'require' ||
      request.kind === 'import-equals' ||
      (decided.module.format === 'cjs' && request.kind !== 'import-call');
    if (found.kind === 'local' && found.path.endsWith('.json')) return this.#json(decided, made, requires);
    const inCycle = cycle.get(found.path);
    const file = inCycle ?? this.copyOf(found.path) ?? found.path;
    if (!inCycle && needsInterop(decided.module, made, this.graph))
      return ok({ text: interopModule(file, made), asDefault: isNamespace(made) });
    if (requires) return plain(file);
    return plain(inCycle ? file : pathToFileURL(file).href);
  }

  #json({ module }: Decided, { request, found }: Made, requires: boolean): Result<Replacement | null, LinkError> {
    const file = (found as { readonly path: string }).path;
    const isUnsaved = this.graph.sources.unsaved.has(file);
    if (!isUnsaved && requires) return plain(file);
    if (!isUnsaved && request.attributes && !module.facts.typescript) return plain(pathToFileURL(file).href, true);
    const text = this.graph.sources.read(file);
    if (!text.ok) return text;
    try {
      const code = requires ? text.value : jsonModule(text.value);
      const copy = this.store.place(file, requires ? '.json' : '.mjs', [code]);
      const written = this.store.holds(copy, Buffer.byteLength(code)) ? ok(0) : this.store.write(copy, code);
      return written.ok ? plain(requires ? copy : pathToFileURL(copy).href) : written;
    } catch (fault) {
      return err(syntaxError(file, 1, (fault as Error).message));
    }
  }
}

const plain = (text: string, keepAttributes = false) => ok({ text, keepAttributes });

/** A request that leads nowhere fails at run time with the path that the user would expect. */
function lost({ specifier, kind }: ModuleRequest, from: string, { made }: Decided): Replacement | null {
  const isLost =
    /^\.{1,2}\//.test(specifier) &&
    (kind === 'require' || kind === 'import-call') &&
    ![...made.keys()].some((it) => it.specifier === specifier && it.kind === kind);
  if (!isLost) return null;
  const file = path.resolve(path.dirname(from), specifier);
  return { text: kind === 'require' ? file : pathToFileURL(file).href, keepAttributes: true };
}

/** A name for stack traces. V8 ignores one with white space or quotes in it. */
function shownAs(file: string, format: 'esm' | 'cjs'): string {
  return format === 'cjs' && !/[\s'"]/.test(file) ? file : pathToFileURL(file).href.replaceAll("'", '%27');
}
