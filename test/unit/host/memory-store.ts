import type { Store } from '../../../src/host/store';

/** A workspace's state that is written as JSON, as VS Code does: what does not survive that is lost here too. */
export function memoryStore(): Store & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    get: (key) => (texts.has(key) ? JSON.parse(texts.get(key)!) : undefined),
    update: async (key, value) => void texts.set(key, JSON.stringify(value)),
  };
}
