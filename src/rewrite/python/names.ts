/** Which variable each name of a file means, and what an import statement binds. */
import type { SourceRange } from '../../source/found-function';
import type { PySource } from '../../source/python/parse';
import { holderOf, scopesOf, type NameUse, type Scope, type Scopes } from '../../source/python/scopes';
import type { PyNode } from '../../source/python/tree';
import { isInside, type Code } from './code';

export class Names {
  readonly module: Scope;
  /** In order of appearance. */
  readonly all: readonly NameUse[];
  readonly #scopes: Scopes;
  readonly #byNode: ReadonlyMap<PyNode, NameUse>;
  readonly #byName = new Map<string, NameUse[]>();
  /** Names that the module has: those that functions declare `global` too. */
  readonly #ofModule: ReadonlySet<string>;

  constructor(source: PySource) {
    this.#scopes = scopesOf(source);
    this.module = this.#scopes.module;
    this.all = this.#scopes.uses;
    this.#byNode = new Map(this.all.map((it) => [it.node, it]));
    for (const it of this.all) {
      const same = this.#byName.get(it.name);
      if (same) same.push(it);
      else this.#byName.set(it.name, [it]);
    }
    const made = this.all.filter((it) => it.kind !== 'read' && holderOf(it.scope, it.name) === this.module);
    this.#ofModule = new Set([...this.module.bindings.keys(), ...made.map((it) => it.name)]);
  }

  /** The scope whose variable a name means; `null` for a builtin, or for what nobody binds. */
  home({ name, scope }: Pick<NameUse, 'name' | 'scope'>): Scope | null {
    const holder = holderOf(scope, name);
    return holder === this.module && !this.#ofModule.has(name) ? null : holder;
  }

  /** What a name's node does; `null` where it is no variable, such as a keyword of a call. */
  at(node: PyNode): NameUse | null {
    return this.#byNode.get(node) ?? null;
  }

  in(range: SourceRange): NameUse[] {
    let at = this.#firstFrom(range.start);
    const found: NameUse[] = [];
    for (; at < this.all.length && this.all[at]!.node.start < range.end; at++) {
      if (isInside(this.all[at]!.node, range)) found.push(this.all[at]!);
    }
    return found;
  }

  /** Every use of a name, whatever variable it means. */
  named(name: string): readonly NameUse[] {
    return this.#byName.get(name) ?? [];
  }

  /** Every use of the variable that a name means. */
  variable(of: NameUse): NameUse[] {
    const home = this.home(of);
    return this.named(of.name).filter((it) => this.home(it) === home);
  }

  /** The scope that a node opens. */
  scopeOf(node: PyNode): Scope | null {
    return this.#scopes.of.get(node) ?? null;
  }

  /** The scope that a node stands in. */
  scopeAround(node: PyNode): Scope {
    for (let at = node.parent; at; at = at.parent) {
      const scope = this.scopeOf(at);
      if (scope) return scope;
    }
    return this.module;
  }

  /** The wanted name, or one like it that nothing in the file uses yet. */
  fresh(wanted: string): string {
    if (!this.#byName.has(wanted)) return wanted;
    for (let n = 2; ; n++) if (!this.#byName.has(`${wanted}_${n}`)) return `${wanted}_${n}`;
  }

  /** Where the names from an offset on begin. */
  #firstFrom(offset: number): number {
    let low = 0;
    let high = this.all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.all[middle]!.node.start < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Whether a `global` or `nonlocal` statement makes a name somebody else's. */
export function isDeclared({ name, scope }: NameUse): boolean {
  const binding = scope.bindings.get(name);
  return binding !== undefined && (binding.global || binding.nonlocal);
}

export const isWrite = ({ kind }: NameUse): boolean => kind !== 'read';

export interface ImportedName {
  /** The name that the file gets: a node. */
  readonly bound: PyNode;
  /** What it is: `a.b` for a module, and the member's name for `from a.b import member`. */
  readonly module: string;
  readonly member: string | null;
}

/** The names that an import statement binds; `import a.b` binds `a`, which is the module `a`. */
export function importedNames(code: Code, statement: PyNode): ImportedName[] {
  const all = statement.children;
  const isFrom = all[0]?.kind === 'from';
  const at = all.findIndex((it) => it.kind === 'import');
  const module = isFrom ? all.slice(1, at).map((it) => code.of(it)).join('') : '';
  return splitAtCommas(all.slice(at + 1)).flatMap((entry): ImportedName[] => {
    const names = entry.filter((it) => it.kind === 'VariableName');
    const first = names[0];
    if (!first) return [];
    const hasAs = entry.some((it) => it.kind === 'as');
    const bound = hasAs ? names.at(-1)! : first;
    if (isFrom) return [{ bound, module, member: code.of(first) }];
    const path = names.slice(0, -1).map((it) => code.of(it)).join('.');
    return [{ bound, module: hasAs ? path : code.of(first), member: null }];
  });
}

function splitAtCommas(nodes: readonly PyNode[]): PyNode[][] {
  const groups: PyNode[][] = [[]];
  for (const it of nodes) {
    if (it.kind === ',') groups.push([]);
    else groups.at(-1)!.push(it);
  }
  return groups;
}
