import type { IdleMessage } from '../../protocol/panel';
import type { Store } from '../store/store';
import { Icon } from './icon';
import { plain } from './plain-text';
import { when } from './when';

/** There is no run to show: why, and the one thing to do about it. */
export function Idle({ store, idle }: { store: Store; idle: IdleMessage }) {
  if (idle.reason === 'untrusted') return <Untrusted store={store} />;
  return idle.reason === 'gone' ? <Gone store={store} idle={idle} /> : <Empty store={store} name={idle.functionName} />;
}

const Empty = ({ store, name }: { store: Store; name: string | null }) => (
  <div class="message">
    <Icon name="graphLine" />
    <h2>
      {name === null ? (
        'No runs yet'
      ) : (
        <>
          No runs of <code>{plain(name)}</code> yet
        </>
      )}
    </h2>
    <p>Put the cursor on a function and run it: this panel then shows where its time goes, on every worker and every core.</p>
    <button type="button" class="primary" onClick={() => store.post({ type: 'run' })}>
      <Icon name="play" />
      Run the function at the cursor
    </button>
  </div>
);

const Untrusted = ({ store }: { store: Store }) => (
  <div class="message">
    <Icon name="untrusted" />
    <h2>This workspace is not trusted</h2>
    <p>Running a function runs the code of this workspace. Nothing runs before you trust it.</p>
    <button type="button" class="primary" onClick={() => store.post({ type: 'trust' })}>
      Trust…
    </button>
  </div>
);

function Gone({ store, idle: { item } }: { store: Store; idle: IdleMessage }) {
  const interrupted = item?.outcome === 'interrupted' || item?.outcome === 'running';
  return (
    <div class="message">
      <Icon name="graphLine" />
      <h2>{interrupted ? 'This run was interrupted' : 'The profile of this run is gone'}</h2>
      <p>
        {item && (
          <>
            <code>{plain(item.functionName)}</code>, {when(item.requestedAt)}.{' '}
          </>
        )}
        {interrupted
          ? 'The window went away before it ended.'
          : 'Profiles are kept in memory for as long as the window is open; its line stays in the history.'}
      </p>
      {item && (
        <button type="button" class="primary" onClick={() => store.post({ type: 'rerun', runId: item.id })}>
          <Icon name="play" />
          Run again
        </button>
      )}
    </div>
  );
}

/** Shapes of what will be there, while it is on its way. */
export const Loading = ({ note }: { note: string }) => (
  <div class="loading" aria-busy="true">
    <p class="unseen">Loading{note && ` the profile of ${plain(note)}`}…</p>
    <div class="skeleton line" />
    <div class="skeleton bar" />
    <div class="skeleton figures" />
    {[0, 1, 2, 3, 4, 5].map((i) => (
      <div key={i} class="skeleton lane" />
    ))}
  </div>
);
