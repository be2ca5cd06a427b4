/** For each request of a module: whether it is made at run time, what of it, and where it leads. */
import { err, ok, type Result } from '../../base/result';
import type { ImportBinding, ModuleRequest } from '../../source/javascript/module-facts';
import { missingExport, missingModule, unsupportedFile } from './link-errors';
import type { LinkError } from './linked-module';
import { isConverted, type Module, type ModuleGraph } from './module-graph';
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
  readonly dropped: ReadonlySet<ImportBinding>;
  /** Requests that come to nothing: declaration files, style sheets. */
  readonly empty: ReadonlySet<ModuleRequest>;
  readonly keepsUnused: boolean;
  readonly keepsEmpty: boolean;
  readonly warnings: readonly string[];
}

export function decide(graph: ModuleGraph, module: Module): Result<Decided, LinkError> {
  const { facts, settings, path } = module;
  const made = new Map<ModuleRequest, Made>();
  const dropped = new Set<ImportBinding>();
  const empty = new Set<ModuleRequest>();
  const warnings: string[] = [];
  const keepsUnused = !facts.typescript || (settings.emitDecoratorMetadata === true && facts.needs.transpile === 'decorators');
  const keepsEmpty = !facts.typescript || settings.verbatimModuleSyntax === true;

  for (const request of facts.requests) {
    const wanted = request.bindings.filter((it) => !it.typeOnly && (it.use !== 'never' || keepsUnused || request.kind === 'export-from'));
    const isMade = !request.typeOnly && (request.whole || wanted.length > 0 || (keepsEmpty && request.kind !== 'import-equals'));
    if (!isMade) continue;
    const found = module.resolve(request);
    if (found.kind === 'declaration' && wanted.every((it) => it.use !== 'value')) {
      empty.add(request);
      continue;
    }
    if (found.kind === 'asset') {
      if (!request.whole || request.kind !== 'import') return err(unsupportedFile(path, request));
      empty.add(request);
      warnings.push(`'${request.specifier}' is not code and was left out.`);
      continue;
    }
    if (found.kind === 'missing' || found.kind === 'declaration') {
      if (mayFail(request)) continue;
      return err(missingModule(path, request));
    }
    const bindings: ImportBinding[] = [];
    for (const it of wanted) {
      const kind = facts.typescript || module.format === 'esm' ? graph.bindingKind(module, request, it) : 'unknown';
      if (kind === 'type' && facts.typescript) dropped.add(it);
      else if (kind === 'none' && !isConverted(module) && request.kind !== 'import-equals') return err(missingExport(path, request, it.imported));
      else bindings.push(it);
    }
    if (request.whole || bindings.length > 0 || keepsEmpty) made.set(request, { request, found, bindings });
  }
  return ok({ module, made, dropped, empty, keepsUnused, keepsEmpty, warnings });
}

/** Whether the code itself may cope with a module that is not there. */
function mayFail(request: ModuleRequest): boolean {
  return request.kind === 'import-call' || (request.kind === 'require' && !request.certain);
}
