import { pathToFileURL } from 'node:url';

/** Where a linked module leaves its target and inputs when it is loaded; `source` writes the code that fills it. */
export interface Slot {
  target?: (...args: unknown[]) => unknown;
  inputs?: () => Promise<unknown>;
}

const key = Symbol.for('corewise.slot');

/**
 * Loads a linked module in this thread and returns what it left in the slot. Rejects with what the module throws.
 * User code never sees the slot but while the module's last statement runs.
 */
export async function loadIntoSlot(file: string, sourceMaps: boolean): Promise<Slot> {
  if (sourceMaps) process.setSourceMapsEnabled(true);
  const slot: Slot = {};
  Object.defineProperty(globalThis, key, { value: slot, configurable: true });
  try {
    await import(pathToFileURL(file).href);
  } finally {
    Reflect.deleteProperty(globalThis, key);
  }
  return slot;
}
