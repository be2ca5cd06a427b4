import { useState } from 'preact/hooks';

/** Attributes that make an element one of a group with a single stop for the Tab key. */
export interface Roving {
  readonly tabIndex: 0 | -1;
  onFocus(): void;
}

/** Moves among `keys` as an arrow, Home or End says; `null` for any other key. */
export function moved(key: string, at: number, count: number, keys: { previous: string; next: string }): number | null {
  if (count === 0) return null;
  if (key === keys.previous) return (at + count - 1) % count;
  if (key === keys.next) return (at + 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}

/** One stop for Tab among `count` elements; the arrows move between those that `itemSelector` finds in the group. */
export function useRoving(count: number, itemSelector: string, keys = { previous: 'ArrowUp', next: 'ArrowDown' }) {
  const [at, setAt] = useState(0);
  const current = Math.min(at, Math.max(0, count - 1));
  return {
    item: (i: number): Roving => ({ tabIndex: i === current ? 0 : -1, onFocus: () => setAt(i) }),
    onKeyDown: (event: KeyboardEvent): void => {
      const next = moved(event.key, current, count, keys);
      if (next === null || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      setAt(next);
      (event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>(itemSelector)[next]?.focus();
    },
  };
}
