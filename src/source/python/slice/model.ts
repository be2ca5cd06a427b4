/** What a file's items bind, need and write. */
import type { ReadFile } from '../find';
import { decoratorNames } from '../functions';
import { textOf, type PySource } from '../parse';
import { holderOf, type NameUse, type Scopes } from '../scopes';
import { ancestor, undecorated, type PyNode } from '../tree';
import { guardedBody } from './guards';
import { itemsOf, type Item } from './items';
import { writtenIn } from './writes';

export class ModuleModel {
  readonly source: PySource;
  readonly scopes: Scopes;
  readonly items: readonly Item[];
  /** Items that give a name of the module a value. */
  readonly binders = new Map<string, Item[]>();
  /** Names of the module that are nothing but imports. */
  readonly imported: ReadonlySet<string>;
  /** Whether annotations are left as text. */
  readonly lazyAnnotations: boolean;
  readonly #uses: readonly NameUse[];
  readonly #needs = new Map<Item, readonly NameUse[]>();
  readonly #writes = new Map<Item, ReadonlySet<string>>();
  readonly #called = new Map<string, ReadonlySet<string>>();

  /** The model of a file, made once. @param opened the main block that a target stands in */
  static of(file: ReadFile, opened: PyNode | null): ModuleModel {
    if (opened) return new ModuleModel(file, opened);
    let known = models.get(file);
    if (!known) models.set(file, (known = new ModuleModel(file, null)));
    return known;
  }

  private constructor(file: ReadFile, opened: PyNode | null) {
    this.source = file.source;
    this.scopes = file.scopes;
    this.#uses = file.scopes.uses.filter((use) => holderOf(use.scope, use.name).kind === 'module');
    this.items = itemsOf(this.source, opened);
    this.lazyAnnotations = this.items.some((it) => it.kind === 'future' && textOf(this.source, it.statement).includes('annotations'));
    for (const item of this.items) for (const name of this.#boundBy(item)) this.#binder(name).push(item);
    const { bindings } = file.scopes.module;
    this.imported = new Set([...bindings.values()].filter((it) => it.imported && !it.assigned).map((it) => it.name));
  }

  #binder(name: string): Item[] {
    let items = this.binders.get(name);
    if (!items) this.binders.set(name, (items = []));
    return items;
  }

  /** Uses of the module's names and of builtins in a range, in order. */
  usesIn(start: number, end: number): NameUse[] {
    const all = this.#uses;
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (all[middle]!.node.start < start) low = middle + 1;
      else high = middle;
    }
    const found: NameUse[] = [];
    for (let index = low; index < all.length && all[index]!.node.start < end; index++) found.push(all[index]!);
    return found;
  }

  #boundBy(item: Item): Set<string> {
    const skipped = item.guard && guardedBody(item.statement);
    const binding = this.usesIn(item.start, item.end).filter(({ kind, scope, node }) => {
      const isModuleLevel = scope.kind === 'module' || (scope.kind === 'comprehension' && ancestor(scope.node, 'FunctionDefinition', 'LambdaExpression') === null);
      const isSkipped = skipped && node.start >= skipped.start && node.start < skipped.end;
      return (kind === 'write' || kind === 'update') && isModuleLevel && !isSkipped;
    });
    // An import's name may be spelled within what is imported: `import a.b` binds `a`.
    return new Set(binding.map(({ name }) => name));
  }

  /** What the item needs to be there when it is evaluated, and when its functions are called. */
  needsOf(item: Item): readonly NameUse[] {
    let needs = this.#needs.get(item);
    if (!needs) this.#needs.set(item, (needs = item.kind === 'import' ? [] : this.needsIn(item.start, item.end)));
    return needs;
  }

  needsIn(start: number, end: number): NameUse[] {
    return this.usesIn(start, end).filter((use) => use.kind !== 'write' && !this.#isUnevaluated(use));
  }

  /** Annotations of local names always, those of plain signatures where they are left as text. */
  #isUnevaluated({ annotation, scope, node }: NameUse): boolean {
    if (!annotation) return false;
    if (scope.kind === 'function') return ancestor(node, 'AssignStatement') !== null;
    if (!this.lazyAnnotations || scope.kind !== 'module') return false;
    const fn = ancestor(node, 'FunctionDefinition');
    return fn === null || decoratorNames(this.source, fn).length === 0;
  }

  /** Names of the module whose values change when the item is evaluated. */
  writesOf(item: Item): ReadonlySet<string> {
    let writes = this.#writes.get(item);
    if (!writes) this.#writes.set(item, (writes = this.#writesOf(item)));
    return writes;
  }

  #writesOf(item: Item): Set<string> {
    if (item.kind === 'import' || item.kind === 'future' || item.guard === 'main') return new Set();
    const written = writtenIn(this, item.statement, false);
    const definition = undecorated(item.statement);
    if (definition === item.statement) return written;
    // `@table.register` and `@register` add what they decorate to something.
    for (const name of decoratorNames(this.source, definition)) {
      const root = name.split('.')[0]!;
      if (name.includes('.') && !this.imported.has(root)) written.add(root);
      for (const it of this.writtenByCalling(root)) written.add(it);
    }
    return written;
  }

  /** Names of the module that a function of the module writes when it is called. */
  writtenByCalling(name: string): ReadonlySet<string> {
    let found = this.#called.get(name);
    if (!found) {
      const functions = (this.binders.get(name) ?? []).filter(({ kind }) => kind === 'function');
      found = new Set(functions.flatMap(({ statement }) => [...writtenIn(this, undecorated(statement), true)]));
      this.#called.set(name, found);
    }
    return found;
  }
}

const models = new WeakMap<ReadFile, ModuleModel>();
