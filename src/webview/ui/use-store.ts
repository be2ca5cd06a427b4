import { useEffect, useReducer } from 'preact/hooks';
import type { Store } from '../store/store';

/** Renders the caller anew whenever the store says so. */
export function useStore(store: Store): void {
  const [, render] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const listening = store.onChange(() => render(0));
    return () => listening.dispose();
  }, [store]);
}
