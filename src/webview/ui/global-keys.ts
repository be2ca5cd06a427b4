import { useEffect } from 'preact/hooks';
import { panned, zoomed } from '../layout/span';
import type { Store } from '../store/store';

/** Keys that work wherever the focus is in the profile, except in fields. */
export function useGlobalKeys(store: Store, onHelp: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (isBusy(event) || !handle(event.key, store, onHelp)) return;
      event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [store]);
}

/** VS Code's own shortcuts, and whoever takes letters, come first. */
function isBusy(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  return event.target instanceof Element && event.target.closest('input, select, textarea, dialog, [role=menu]') !== null;
}

function handle(key: string, store: Store, onHelp: () => void): boolean {
  if (key === '?') {
    onHelp();
    return true;
  }
  const { run, tab, view } = store;
  if (!run?.progress || tab !== 'profile') return false;
  const { extent } = run;
  const actions: Record<string, () => void> = {
    w: () => store.setView(zoomed(view, 0.7, 0.5, extent)),
    '+': () => store.setView(zoomed(view, 0.7, 0.5, extent)),
    s: () => store.setView(zoomed(view, 1 / 0.7, 0.5, extent)),
    '-': () => store.setView(zoomed(view, 1 / 0.7, 0.5, extent)),
    a: () => store.setView(panned(view, -0.15, extent)),
    d: () => store.setView(panned(view, 0.15, extent)),
    f: () => store.setView(null),
    t: () => store.setTables(!store.tables),
    escape: () => store.select(null),
  };
  const action = actions[key.toLowerCase()];
  action?.();
  return action !== undefined;
}
