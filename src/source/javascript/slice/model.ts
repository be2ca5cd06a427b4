/** A module as the slicer sees it: its items, what each uses, declares and writes. Made once for a tree, each part on first need. */
import ts from 'typescript';
import { bindingNames } from '../names';
import { isStartGuard } from './guards';
import { ItemIndex, itemsOf, type Item } from './items';
import { ModuleScope } from './scope';
import { usesOf, type Key, type Use } from './uses';
import { allWrites, immediateWrites, type Write } from './writes';

export class ModuleModel {
  readonly scope: ModuleScope;
  readonly items: readonly Item[];
  readonly index: ItemIndex;
  readonly #declaring = new Map<string, Item[]>();
  readonly #declared = new Map<Item, string[]>();
  readonly #uses = new Map<Item, readonly Use[]>();
  #writing: Map<Key, Item[]> | null = null;
  #writes: readonly Write[] | null = null;

  private constructor(readonly source: ts.SourceFile) {
    this.scope = ModuleScope.of(source);
    this.items = itemsOf(source);
    this.index = new ItemIndex(this.items);
    for (const [name, declarations] of this.scope.names) {
      for (const it of declarations) this.#declares(this.index.of(it)!, name);
    }
    // The binder leaves out what declares a name again that must not be: whoever runs the code is to hear of that.
    for (const it of this.items) for (const name of ownNames(it)) if (this.scope.names.has(name)) this.#declares(it, name);
  }

  static of(source: ts.SourceFile): ModuleModel {
    let model = models.get(source);
    if (!model) models.set(source, (model = new ModuleModel(source)));
    return model;
  }

  uses(item: Item): readonly Use[] {
    let uses = this.#uses.get(item);
    if (!uses) this.#uses.set(item, (uses = usesOf(item.node, this.scope)));
    return uses;
  }

  /** Names of the module's scope that an item introduces. */
  declaredBy(item: Item): readonly string[] {
    return this.#declared.get(item) ?? [];
  }

  /** The items that introduce a name: several where declarations merge. */
  declaring(name: string): readonly Item[] {
    return this.#declaring.get(name) ?? [];
  }

  /** The items that write a name when they are evaluated, less what only runs in a file that is started itself. */
  writing(key: Key): readonly Item[] {
    this.#writing ??= this.#collectWriting();
    return this.#writing.get(key) ?? [];
  }

  /** Keys of `exports` that something writes. */
  writtenKeys(): Iterable<Key> {
    this.#writing ??= this.#collectWriting();
    return this.#writing.keys();
  }

  /** Every write of the module's names anywhere, also in functions. */
  get writes(): readonly Write[] {
    return (this.#writes ??= allWrites(this.source, this.scope));
  }

  #declares(item: Item, name: string): void {
    const items = this.#declaring.get(name) ?? [];
    if (items.includes(item)) return;
    this.#declaring.set(name, [...items, item]);
    this.#declared.set(item, [...(this.#declared.get(item) ?? []), name]);
  }

  #collectWriting(): Map<Key, Item[]> {
    const writing = new Map<Key, Item[]>();
    for (const item of this.items) {
      if (!mayWrite.has(item.kind) || isStartGuard(item.statement)) continue;
      for (const { key } of immediateWrites(item.node, this.scope)) {
        const items = writing.get(key) ?? [];
        if (!items.includes(item)) writing.set(key, [...items, item]);
      }
    }
    return writing;
  }
}

/** Names that a declaration introduces, as it is written. */
function ownNames({ kind, node }: Item): string[] {
  if (kind === 'variable') return bindingNames((node as ts.VariableDeclaration).name).map((it) => it.text);
  const { name } = node as ts.NamedDeclaration;
  return (kind === 'function' || kind === 'class' || kind === 'enum') && name && ts.isIdentifier(name) ? [name.text] : [];
}

const models = new WeakMap<ts.SourceFile, ModuleModel>();

const mayWrite = new Set<Item['kind']>(['statement', 'variable', 'class', 'export']);
