/** What the modules that a module loads ask it for in turn: there is an import cycle then. */
import type { ModuleRequest } from '../../source/javascript/module-facts';
import { everything } from '../../source/javascript/slice/wanted';
import type { Module, ModuleGraph } from './module-graph';

export interface Start {
  /** Real path. */
  readonly key: string;
  readonly module: Module;
}

/** Names of exports of `start`; `*` where any may be asked for. Modules that cannot be read ask for nothing here. */
export async function wantedOf(graph: ModuleGraph, start: Start, isCancelled: () => boolean): Promise<Set<string>> {
  const wanted = new Set<string>();
  const seen = new Set([start.key]);
  const waiting = [start.module];
  for (let module = waiting.pop(); module && !isCancelled(); module = waiting.pop()) {
    for (const request of module.facts.requests) {
      const names = askedFor(request, module);
      if (names === null) continue;
      const found = module.resolve(request);
      if (found.kind !== 'local' || found.path.endsWith('.json')) continue;
      if (found.path === start.key) for (const name of names) wanted.add(name);
      if (seen.has(found.path)) continue;
      seen.add(found.path);
      const next = graph.module(found.path);
      if (next.ok) waiting.push(next.value);
    }
    // Lets a message in, such as a cancellation.
    if (seen.size % 20 === 0) await new Promise(setImmediate);
  }
  return wanted;
}

/** Export names that a request asks for; `null` where it is not made at run time. */
function askedFor({ typeOnly, whole, kind, bindings }: ModuleRequest, { facts }: Module): string[] | null {
  if (typeOnly) return null;
  if (whole) return kind === 'import' ? [] : [everything];
  const used = bindings.filter((it) => !it.typeOnly && (it.use !== 'never' || !facts.typescript));
  return used.length === 0 && facts.typescript ? null : used.map((it) => (it.imported === '*' ? everything : it.imported));
}
