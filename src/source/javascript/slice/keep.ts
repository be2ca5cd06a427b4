/**
 * Which items a slice keeps: what the roots use, what that uses, and whatever writes a kept name when the module is
 * evaluated; until nothing is added any more.
 */
import { describe } from './describe';
import { isPolyfill } from './guards';
import type { Item } from './items';
import type { ModuleModel } from './model';
import { allExports, isExportKey, type Key, type Use } from './uses';

export class Keeping {
  /** Kept items and why each is. */
  readonly kept = new Map<Item, string>();
  readonly needed = new Set<Key>();
  readonly #waiting: Item[] = [];

  constructor(readonly model: ModuleModel) {
    for (const it of model.items) {
      if (it.kind === 'directive') this.kept.set(it, 'a directive');
      else if ((it.kind === 'import' || it.kind === 'statement') && isPolyfill(it.statement)) this.keep(it, 'prepares what others rely on');
    }
  }

  keep(item: Item, why: string): void {
    if (this.kept.has(item)) return;
    this.kept.set(item, why);
    this.#waiting.push(item);
    while (this.#waiting.length > 0) this.#follow(this.#waiting.pop()!);
  }

  /** Keeps what introduces a name, and what writes it. */
  need(key: Key, why: string): void {
    if (this.needed.has(key)) return;
    this.needed.add(key);
    for (const it of this.model.declaring(key)) this.#enter(it, why);
    for (const written of isExportKey(key) ? this.#exportsLike(key) : [key]) {
      for (const it of this.model.writing(written)) this.#enter(it, `writes \`${shown(written)}\``);
    }
    while (this.#waiting.length > 0) this.#follow(this.#waiting.pop()!);
  }

  needAll(uses: readonly Use[], why: string): void {
    for (const { key } of uses) this.need(key, why);
  }

  #enter(item: Item, why: string): void {
    if (this.kept.has(item)) return;
    this.kept.set(item, why);
    this.#waiting.push(item);
  }

  #follow(item: Item): void {
    const names = this.model.declaredBy(item);
    const why = `used by ${names.length > 0 ? names.slice(0, 2).map(code).join(' and ') : `\`${describe(item)}\``}`;
    // What a declaration merges with belongs to it.
    for (const name of names) this.need(name, `part of \`${name}\``);
    this.needAll(this.model.uses(item), why);
  }

  /** A property of `exports` is written by itself, and with all the others. */
  #exportsLike(key: Key): Key[] {
    if (key !== allExports) return [key, allExports];
    return [...this.model.writtenKeys()].filter(isExportKey);
  }
}

const code = (name: string): string => `\`${name}\``;
const shown = (key: Key): string => (key === allExports ? 'module.exports' : key);
