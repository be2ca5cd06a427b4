/** Anything that must be let go: same shape as `vscode.Disposable`, without importing it. */
export interface Disposable {
  dispose(): void;
}

/** Collects disposables and lets them go in reverse order, all of them, even where one throws. */
export class DisposalStack implements Disposable {
  readonly #items: Disposable[] = [];

  add<T extends Disposable>(item: T): T {
    this.#items.push(item);
    return item;
  }

  defer(action: () => void): void {
    this.#items.push({ dispose: action });
  }

  dispose(): void {
    const faults: unknown[] = [];
    for (let item = this.#items.pop(); item; item = this.#items.pop()) {
      try {
        item.dispose();
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, 'Letting go of resources failed');
  }
}
