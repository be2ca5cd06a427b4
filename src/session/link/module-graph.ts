/** The target's module and everything of the user's that it loads, each with what its requests lead to. */
import path from 'node:path';
import { ok, type Result } from '../../base/result';
import type { ExportEntry, ImportBinding, ModuleRequest } from '../../source/javascript/module-facts';
import { jsxMode } from '../../source/javascript/jsx';
import type { CompilerSettings } from '../../source/javascript/transpile';
import type { PackageScopes } from './package-scopes';
import type { Projects } from './project-settings';
import type { Condition, Resolution, Resolver } from './resolver';
import type { KnownFacts, Sources } from './sources';
import type { LinkError } from './linked-module';

export interface Module {
  /** Real path; of the module that holds only an inputs expression, the target's. */
  readonly path: string;
  readonly facts: KnownFacts;
  readonly format: 'esm' | 'cjs';
  /** What the nearest package.json says. */
  readonly packageType: 'module' | 'commonjs';
  readonly settings: CompilerSettings;
  readonly resolve: (request: ModuleRequest) => Resolution;
  /** What the automatic JSX runtime is imported from; `null` where it is not used. */
  readonly jsxRuntime: string | null;
}

export type ExportKind = 'value' | 'type' | 'none' | 'unknown';

export class ModuleGraph {
  readonly #modules = new Map<string, Result<Module, LinkError>>();
  readonly #kinds = new Map<string, ExportKind>();
  /** Names that are being looked up, and whether any of them was met again. */
  readonly #open = new Set<string>();
  #cutShort = false;

  constructor(
    readonly sources: Sources,
    readonly resolver: Resolver,
    readonly projects: Projects,
    readonly packages: PackageScopes,
  ) {}

  /** A module of the user's, JSON excepted. */
  module(file: string): Result<Module, LinkError> {
    let module = this.#modules.get(file);
    if (!module) {
      const facts = this.sources.facts(file);
      this.#modules.set(file, (module = facts.ok ? ok(this.make(file, facts.value)) : facts));
    }
    return module;
  }

  /** Puts a module in the graph whose text is not the file's own. */
  add(file: string, facts: KnownFacts): Module {
    const module = this.make(file, facts);
    this.#modules.set(file, ok(module));
    // What others found out about it, or through it, was of the text that it had.
    this.#kinds.clear();
    return module;
  }

  make(file: string, facts: KnownFacts): Module {
    const packageType = this.packages.typeOf(file);
    const format = facts.format === 'package' ? (packageType === 'module' ? 'esm' : 'cjs') : facts.format;
    const { compiler: settings, candidates } = this.projects.of(file);
    const known = new Map<string, Resolution>();
    const look = (specifier: string, condition: Condition): Resolution => {
      const key = `${condition} ${specifier}`;
      let found = known.get(key);
      if (!found) known.set(key, (found = this.resolver.resolve(specifier, file, condition, candidates(specifier))));
      return found;
    };
    const { runtime } = jsxMode(facts, format, settings);
    return {
      path: file,
      facts,
      format,
      packageType,
      settings,
      resolve: (request) => look(request.specifier, conditionOf(request, format)),
      jsxRuntime: runtime && pathOf(look(runtime, 'import')),
    };
  }

  /** What `name` of a module is at run time. */
  exportKind(file: string, name: string): ExportKind {
    const key = `${file}\0${name}`;
    const known = this.#kinds.get(key);
    if (known) return known;
    if (this.#open.has(key)) {
      // A name that leads back to itself adds nothing; who asked in between may yet find it elsewhere.
      this.#cutShort = true;
      return 'none';
    }
    this.#open.add(key);
    const kind = this.#lookUp(file, name);
    this.#open.delete(key);
    if (this.#open.size === 0) this.#cutShort = false;
    if (kind !== 'none' || !this.#cutShort) this.#kinds.set(key, kind);
    return kind;
  }

  #lookUp(file: string, name: string): ExportKind {
    if (file.endsWith('.json')) return 'unknown';
    const module = this.module(file);
    if (!module.ok || module.value.format === 'cjs') return 'unknown';
    const { exports } = module.value.facts;
    const known = exports.names.get(name);
    if (known?.kind === 'import') return this.#kindBehind(module.value, known.request, known.imported);
    if (known) return known.kind;
    return name === 'default' ? 'none' : this.#kindAmongStars(module.value, name);
  }

  #kindBehind(module: Module, request: ModuleRequest, imported: string): ExportKind {
    if (imported === '*') return 'value';
    const found = module.resolve(request);
    if (found.kind === 'declaration') return 'type';
    return found.kind === 'local' ? this.exportKind(found.path, imported) : 'unknown';
  }

  #kindAmongStars(module: Module, name: string): ExportKind {
    let kind: ExportKind = 'none';
    for (const star of module.facts.exports.stars) {
      const found = this.#kindBehind(module, star, name);
      if (found === 'value' || found === 'type') return found;
      if (found === 'unknown') kind = 'unknown';
    }
    return kind;
  }

  bindingKind(module: Module, request: ModuleRequest, binding: ImportBinding): ExportKind {
    return this.#kindBehind(module, request, binding.imported);
  }

  isValueExport(module: Module, { exported }: ExportEntry): boolean {
    const known = module.facts.exports.names.get(exported);
    if (known?.kind !== 'import') return known?.kind !== 'type';
    return this.#kindBehind(module, known.request, known.imported) !== 'type';
  }
}

function conditionOf(request: ModuleRequest, format: 'esm' | 'cjs'): Condition {
  if (request.kind === 'import-call') return 'import';
  return request.kind === 'require' || request.kind === 'import-equals' || format === 'cjs' ? 'require' : 'import';
}

function pathOf(found: Resolution): string | null {
  return 'path' in found ? path.normalize(found.path) : null;
}
