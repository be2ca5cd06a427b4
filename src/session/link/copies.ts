/** Writes the copies of modules that Node could not load as they are, dependencies first. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { err, ok, type Result } from '../../base/result';
import { emitModule, type Emitted } from '../../source/javascript/emit';
import type { Decisions, Replacement } from '../../source/javascript/import-edits';
import type { ModuleRequest } from '../../source/javascript/module-facts';
import { bounded } from '../../source/javascript/parse';
import type { CopyStore } from './copy-store';
import type { Decided, Made } from './decide';
import { interopModule, isNamespace, needsInterop, writtenForCommonJs } from './interop';
import { jsonModule } from './json-module';
import { refused, syntaxError } from './link-errors';
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

export interface Copy {
  readonly file: string;
  readonly mapped: boolean;
}

export class Copies {
  readonly #made = new Map<string, Copy>();

  constructor(
    readonly graph: ModuleGraph,
    readonly store: CopyStore,
  ) {}

  of(key: string): Copy | undefined {
    return this.#made.get(key);
  }

  /** Whether stack traces need source maps. */
  get mapped(): boolean {
    return [...this.#made.values()].some((it) => it.mapped);
  }

  /** Copies the modules of one import cycle, or a single one. Everything else that they ask for was copied before. */
  copy(parts: readonly Part[]): Result<void, LinkError> {
    const sorted = [...parts].sort((a, b) => (a.key < b.key ? -1 : 1));
    const token = freshToken(sorted);
    const cycle = new Map(sorted.map((it, i) => [it.key, `${token}${i}.`]));
    const emitted: Emitted[] = [];
    for (const it of sorted) {
      const result = this.#emit(it, cycle);
      if (!result.ok) return result;
      emitted.push(result.value);
    }
    const content = emitted.map((it) => it.text);
    const files = sorted.map((it) => this.store.place(it.key, it.decided.module.format === 'esm' ? '.mjs' : '.cjs', content));
    for (const [i, { key }] of sorted.entries()) {
      const text = content[i]!.replaceAll(new RegExp(`${token}(\\d+)\\.`, 'g'), (_, n: string) =>
        inString(specifierOf(files[Number(n)]!)),
      );
      const written = this.store.write(files[i]!, text);
      if (!written.ok) return written;
      this.#made.set(key, { file: files[i]!, mapped: emitted[i]!.mapped });
    }
    return ok(undefined);
  }

  #emit(part: Part, cycle: ReadonlyMap<string, string>): Result<Emitted, LinkError> {
    const { module } = part.decided;
    const specifiers = new Map<ModuleRequest, Replacement | null>();
    for (const made of part.decided.made.values()) {
      const specifier = this.#specifier(part.decided, made, cycle);
      if (!specifier.ok) return specifier;
      specifiers.set(made.request, specifier.value);
    }
    const url = pathToFileURL(module.path).href;
    const emitted = bounded(() =>
      emitModule(module.facts, {
        format: module.format,
        place: { file: module.path, directory: path.dirname(module.path), url },
        shownAs: part.key === module.path ? shownAs(part.shown, module.format) : 'corewise:inputs',
        decisions: this.#decisions(part.decided, specifiers),
        settings: module.settings,
        commonJs: writtenForCommonJs(module),
        jsxRuntime: module.jsxRuntime && pathToFileURL(module.jsxRuntime).href,
        ...(part.last !== undefined && { last: part.last }),
        ...(part.importSelf && module.format === 'esm' && { imports: part.importSelf(cycle.get(part.key)!) }),
      }),
    );
    return emitted.ok ? emitted : err(refused(module.path, emitted.error));
  }

  #decisions(decided: Decided, specifiers: ReadonlyMap<ModuleRequest, Replacement | null>): Decisions {
    const { module, made, dropped, keepsEmpty, keepsUnused } = decided;
    return {
      isMade: (request) => made.has(request) || request.kind === 'require' || request.kind === 'import-call',
      specifier: (request) => specifiers.get(request) ?? lost(request, module.path, decided),
      exists: (_, binding) => !dropped.has(binding),
      isValueExport: (entry) => this.graph.isValueExport(module, entry),
      keepsEmpty,
      keepsUnused,
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
    const file = inCycle ?? this.#made.get(found.path)?.file ?? found.path;
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
      const written = this.store.write(copy, code);
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

/** A word that no text of the cycle has in it, to stand for names that are not known yet. */
function freshToken(parts: readonly Part[]): string {
  for (let i = 0; ; i++) {
    const token = `cw-cycle-${i}-`;
    if (!parts.some((it) => it.decided.module.facts.source.text.includes(token))) return token;
  }
}

/** Copies lie beside each other: a relative name will do for both `import` and `require`. */
const specifierOf = (file: string): string => `./${path.basename(file)}`;
const inString = (text: string): string => JSON.stringify(text).slice(1, -1);
