/** For each request of a module: whether it is made at run time, what of it, and where it leads. */
import { err, ok, type Result } from '../../base/result';
import { isConverted } from '../../source/javascript/emit';
import { jsxNames } from '../../source/javascript/jsx';
import type { ImportBinding, ModuleRequest } from '../../source/javascript/module-facts';
import { missingExport, missingModule, syntaxError, unsupportedFile } from './link-errors';
import type { LinkError } from './linked-module';
import type { Module, ModuleGraph } from './module-graph';
import type { Resolution } from './resolver';

/** A request that is made at run time. */
export interface Made {
  readonly request: ModuleRequest;
  readonly found: Resolution;
  /** The names that are asked for and exist. */
  readonly bindings: readonly ImportBinding[];
}

export interface Decided {
  readonly module: Module;
  readonly made: ReadonlyMap<ModuleRequest, Made>;
  /** Bindings that turn out to be types. */
  readonly dropped: ReadonlySet<ImportBinding>;
  /** Whether a style sheet or the like was left out. */
  readonly leavesOut: boolean;
  /** Whether a name is asked for: decorators and JSX need some that the code itself uses as types at most. */
  isUsed(binding: ImportBinding): boolean;
  /** Whether an import stays for its effects when none of its names are left. */
  readonly keepsEmpty: boolean;
  readonly warnings: readonly string[];
}

export function decide(graph: ModuleGraph, module: Module): Result<Decided, LinkError> {
  const early = module.facts.earlyErrors[module.format];
  if (early) return err(syntaxError(module.path, early.line, early.message));
  const decision = new Decision(graph, module);
  for (const request of module.facts.requests) {
    const fault = decision.settle(request);
    if (fault) return err(fault);
  }
  return ok(decision);
}

class Decision implements Decided {
  readonly made = new Map<ModuleRequest, Made>();
  readonly dropped = new Set<ImportBinding>();
  leavesOut = false;
  readonly warnings: string[] = [];
  readonly keepsEmpty: boolean;
  readonly #keepsUnused: boolean;
  /** What JSX is compiled to use. */
  readonly #forJsx: ReadonlySet<string>;

  constructor(
    readonly graph: ModuleGraph,
    readonly module: Module,
  ) {
    const { facts, settings } = module;
    // Decorators with metadata read the types of what they decorate.
    this.#keepsUnused = !facts.typescript || (settings.emitDecoratorMetadata === true && facts.needs.transpile === 'decorators');
    this.keepsEmpty = !facts.typescript || settings.verbatimModuleSyntax === true;
    const isClassic = facts.needs.jsx && module.jsxRuntime === null;
    this.#forJsx = isClassic ? jsxNames(facts.text, settings) : new Set();
  }

  isUsed({ use, local }: ImportBinding): boolean {
    return use !== 'never' || this.#keepsUnused || this.#forJsx.has(local);
  }

  settle(request: ModuleRequest): LinkError | null {
    const wanted = request.bindings.filter((it) => !it.typeOnly && this.isUsed(it));
    if (!this.#isMade(request, wanted)) return null;
    const { path } = this.module;
    const found = this.module.resolve(request);
    switch (found.kind) {
      case 'declaration':
        return wanted.some((it) => it.use === 'value') ? missingModule(path, request) : null;
      case 'asset':
        return this.#leaveOut(request);
      case 'missing':
        return mayFail(request) ? null : missingModule(path, request, found.why);
      default:
        return this.#make(request, found, wanted);
    }
  }

  #isMade(request: ModuleRequest, wanted: readonly ImportBinding[]): boolean {
    if (request.typeOnly) return false;
    return request.whole || wanted.length > 0 || (this.keepsEmpty && request.kind !== 'import-equals');
  }

  /** `import './page.css'` is for a bundler; anything that is used of such a file cannot be had. */
  #leaveOut(request: ModuleRequest): LinkError | null {
    if (!request.whole || request.kind !== 'import') return unsupportedFile(this.module.path, request);
    this.leavesOut = true;
    this.warnings.push(`'${request.specifier}' is not code and was left out.`);
    return null;
  }

  #make(request: ModuleRequest, found: Resolution, wanted: readonly ImportBinding[]): LinkError | null {
    const bindings: ImportBinding[] = [];
    for (const it of wanted) {
      const kind = this.graph.bindingKind(this.module, request, it);
      if (kind === 'none' && this.#failsWithout(request)) return missingExport(this.module.path, request, it.imported);
      if (kind === 'type' && this.module.facts.typescript) this.dropped.add(it);
      else bindings.push(it);
    }
    if (request.whole || bindings.length > 0 || this.keepsEmpty) this.made.set(request, { request, found, bindings });
    return null;
  }

  /** Static imports of an ES module name what they need; what `require` gives may lack it. */
  #failsWithout({ kind }: ModuleRequest): boolean {
    return (kind === 'import' || kind === 'export-from') && !isConverted(this.module.facts, this.module.format);
  }
}

/** Whether the code itself may cope with a module that is not there. */
function mayFail(request: ModuleRequest): boolean {
  return request.kind === 'import-call' || (request.kind === 'require' && !request.certain);
}
