import { useState } from 'preact/hooks';
import { stateCount } from '../../profile/lane';
import { percent } from '../../profile/words';
import { meanShares, stateNames } from '../layout/legend';
import type { Painter } from '../paint/painter';
import type { RunModel } from '../store/run-model';
import type { Store } from '../store/store';

/** The states with their shares of what is in view; a click hides one. */
export function Legend({ store, run, painter }: { store: Store; run: RunModel; painter: Painter }) {
  const [, setShown] = useState(painter.shown);
  const { from, to } = store.view;
  const shares = meanShares(run.lanes.all, from, run.live ? Math.min(to, run.progress!.wallMs) : to);
  const toggle = (state: number): void => {
    painter.shown = painter.shown.map((shown, i) => (i === state ? !shown : shown));
    setShown(painter.shown);
    painter.request();
  };
  return (
    <div class="legend" role="group" aria-label="Shares of the workers’ time in view; a click hides a state">
      {stateNames(run.progress!).map(({ state, name, filling, meaning }) => (
        <button key={state} type="button" title={meaning} aria-pressed={painter.shown[state]} onClick={() => toggle(state)}>
          <i class={`swatch fill-${filling}`} />
          {name} <b>{percent(shares[state]!)}</b>
        </button>
      ))}
      <span class="entry">
        <i class="swatch fill-idle" />
        idle <b>{percent(shares[stateCount]!)}</b>
      </span>
    </div>
  );
}
