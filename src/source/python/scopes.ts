/**
 * Which scope each name belongs to, by the rules of Python 3.
 *
 * Names only: nothing is resolved beyond the file, and flow does not matter. A use in a comprehension belongs to the
 * comprehension's own scope, defaults and decorators to the scope around the function, as CPython's `symtable` has it.
 */
import type { PySource } from './parse';
import { ScopeBuilder } from './scope-builder';
import type { PyNode } from './tree';

export type ScopeKind =
  | 'module' | 'class' | 'function' | 'lambda' | 'comprehension'
  /** `[T]` of a generic function, class or type alias. */
  | 'type-parameters'
  /** The value of a `type` alias, the bound of a type parameter: evaluated later, if at all. */
  | 'type-value';

/** `update` reads and writes: `x += 1`. */
export type UseKind = 'read' | 'write' | 'update' | 'delete';

export interface NameUse {
  /** As the interpreter knows it: normalised, and mangled where it is private to a class. */
  readonly name: string;
  readonly node: PyNode;
  readonly scope: Scope;
  readonly kind: UseKind;
  /** In a type annotation. */
  readonly annotation: boolean;
}

/** How a scope comes to have a name. */
export interface Binding {
  readonly name: string;
  parameter: boolean;
  imported: boolean;
  /** Assigned, defined, deleted or caught; not just annotated. */
  assigned: boolean;
  annotated: boolean;
  /** Declared `global` or `nonlocal`: the name is bound elsewhere. */
  global: boolean;
  nonlocal: boolean;
}

export interface Scope {
  readonly kind: ScopeKind;
  /** Name of the function or class; empty for others. */
  readonly name: string;
  /** The definition, expression or module. */
  readonly node: PyNode;
  readonly parent: Scope | null;
  readonly children: readonly Scope[];
  readonly bindings: ReadonlyMap<string, Binding>;
  /** In order of the text, without those of scopes inside. */
  readonly uses: readonly NameUse[];
  /** Whether it is a generator. */
  readonly yields: boolean;
}

export interface Scopes {
  readonly module: Scope;
  /** Of all scopes, in order of the text. */
  readonly uses: readonly NameUse[];
  /** The scope that a function, class, lambda or comprehension makes. */
  readonly of: ReadonlyMap<PyNode, Scope>;
}

export function scopesOf(source: PySource): Scopes {
  const builder = new ScopeBuilder(source);
  builder.build();
  const uses = builder.uses.sort((a, b) => a.node.start - b.node.start);
  return { module: builder.module, uses, of: builder.of };
}

/** The scope that holds what `name` means in `scope`: the module's for builtins too. */
export function holderOf(scope: Scope, name: string): Scope {
  const own = scope.bindings.get(name);
  if (own?.global) return moduleOf(scope);
  if (own && !own.nonlocal) return scope;
  for (let at = scope.parent, from = scope; at; from = at, at = at.parent) {
    if (at.kind === 'module') return at;
    const binding = at.bindings.get(name);
    if (at.kind === 'class') {
      if (name === '__class__' || (binding && !binding.global && seesClass(scope, from))) return at;
    } else if (binding?.global) return moduleOf(at);
    else if (binding && !binding.nonlocal) return at;
  }
  return scope;
}

/** Only the type parameters written in a class see its names. */
function seesClass(scope: Scope, outermost: Scope): boolean {
  for (let at = scope; ; at = at.parent!) {
    if (at.kind !== 'type-parameters' && at.kind !== 'type-value') return false;
    if (at === outermost) return true;
  }
}

export function moduleOf(scope: Scope): Scope {
  let at = scope;
  while (at.parent) at = at.parent;
  return at;
}

/** Whether `use` means a name of the module or a builtin, and not of a function or class. */
export const isGlobal = (use: NameUse): boolean => holderOf(use.scope, use.name).kind === 'module';

/** Names of functions around `scope` that it or a scope inside it uses, in order. */
export function freeNames(scope: Scope): string[] {
  const names = new Set<string>();
  const visit = (at: Scope): void => {
    for (const { name } of at.uses) {
      const holder = holderOf(at, name);
      if (holder.kind !== 'module' && !isWithin(holder, scope)) names.add(name);
    }
    at.children.forEach(visit);
  };
  visit(scope);
  return [...names];
}

/** Whether `inner` is `outer` or inside it. */
export function isWithin(inner: Scope, outer: Scope): boolean {
  let at: Scope | null = inner;
  while (at && at !== outer) at = at.parent;
  return at !== null;
}
