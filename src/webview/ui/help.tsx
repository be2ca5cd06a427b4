import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './icon';

const keys: readonly (readonly [keys: string, meaning: string])[] = [
  ['W S', 'zoom in, zoom out; the mouse wheel does too'],
  ['A D', 'pan; dragging does too'],
  ['F', 'show the whole run'],
  ['← →', 'previous, next task of the worker'],
  ['↑ ↓', 'worker above, below'],
  ['Enter', 'zoom to the task'],
  ['Home End', 'begin, end of the run'],
  ['Esc', 'select nothing'],
  ['T', 'charts as tables, and back'],
  ['?', 'this list'],
];

/** A native dialog: it keeps the focus inside and closes with Escape. */
export function Help({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog class="help" ref={dialog} aria-labelledby="help-title" onClose={onClose}>
      <div class="heading">
        <h2 id="help-title">Keys</h2>
        <span class="spring" />
        <button type="button" class="tool" aria-label="Close" onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </div>
      <dl>
        {keys.map(([names, meaning]) => (
          <div key={names}>
            <dt>
              {names.split(' ').map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p class="muted">
        Shift and drag, or drag across the overview, to zoom to a stretch. What a task did inside its time is shown in a
        fixed order: computing, waiting for a core, waiting on I/O. How they took turns is not measured.
      </p>
    </dialog>
  );
}
