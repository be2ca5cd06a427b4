/** Which items are kept, and why: what is needed, and what writes what is needed, until nothing is added. */
import { builtins } from '../builtins';
import { textOf } from '../parse';
import { listed } from '../refusals';
import { isProcessSetting } from './guards';
import type { Item } from './items';
import type { ModuleModel } from './model';

export class Keeping {
  /** With the reason, as a short clause. */
  readonly kept = new Map<Item, string>();
  readonly needed = new Set<string>();
  readonly #work: Item[] = [];

  constructor(readonly model: ModuleModel) {}

  need(name: string, why: string): void {
    if (this.needed.has(name)) return;
    this.needed.add(name);
    for (const item of this.model.binders.get(name) ?? []) this.keep(item, why);
    if (name === '__doc__') for (const item of this.model.items) if (item.kind === 'docstring') this.keep(item, why);
  }

  keep(item: Item, why: string): void {
    if (this.kept.has(item)) return;
    this.kept.set(item, why);
    this.#work.push(item);
  }

  /** Follows everything up. */
  settle(): void {
    for (const item of this.model.items) {
      if (item.kind === 'future' || item.kind === 'star-import') this.keep(item, item.kind === 'future' ? 'changes how the file is read' : 'may give any name');
      else if (isProcessSetting(this.model.source, item.statement)) this.keep(item, 'sets up the process');
    }
    do {
      for (let item = this.#work.pop(); item; item = this.#work.pop()) this.#follow(item);
      for (const item of this.model.items) if (!this.kept.has(item)) this.#keepIfItWrites(item);
    } while (this.#work.length > 0);
  }

  #follow(item: Item): void {
    const { model } = this;
    const names = namesOf(model, item);
    for (const { name } of model.needsOf(item)) this.need(name, `used by ${names}`);
  }

  #keepIfItWrites(item: Item): void {
    const { model } = this;
    const written = [...model.writesOf(item)].filter((it) => this.needed.has(it));
    if (written.length > 0) return this.keep(item, `writes ${listed(written)}`);
    // Names that come from nowhere may come from here.
    if (!isDynamic(model, item)) return;
    const missing = [...this.needed].find((it) => !model.binders.has(it) && !builtins.has(it));
    if (missing !== undefined) this.keep(item, `may set \`${missing}\``);
  }
}

/** Whether a statement sets names that it does not mention: `globals().update(…)`, `exec(…)`. */
function isDynamic(model: ModuleModel, item: Item): boolean {
  if (item.kind === 'function' || item.kind === 'class' || item.kind === 'import' || item.guard) return false;
  return model.usesIn(item.start, item.end).some(({ name, scope, kind }) => {
    return kind === 'read' && scope.kind === 'module' && ['globals', 'vars', 'locals', 'exec'].includes(name) && !model.binders.has(name);
  });
}

function namesOf(model: ModuleModel, item: Item): string {
  const bound = [...model.binders].filter(([, items]) => items.includes(item)).map(([name]) => name);
  return bound.length > 0 ? listed(bound, 2) : `\`${textOf(model.source, item.statement).split(/[\r\n]/)[0]!.slice(0, 40)}\``;
}
