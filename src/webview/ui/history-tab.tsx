import { useState } from 'preact/hooks';
import type { HistoryItem } from '../../protocol/panel';
import { duration, grouped, times } from '../../profile/words';
import type { Store } from '../store/store';
import { Icon } from './icon';
import { plain } from './plain-text';
import { useRoving } from './roving';
import { SideBySide } from './side-by-side';
import { when } from './when';

/** The runs of this workspace, newest first. One opens; two are read side by side. */
export function HistoryTab({ store }: { store: Store }) {
  const { history } = store;
  const [picked, setPicked] = useState<readonly string[]>([]);
  const roving = useRoving(history.length, 'tbody tr');
  const longest = Math.max(0, ...history.map(({ wallMs }) => wallMs ?? 0));
  const pair = picked.length === 2 ? picked : null;
  const pick = (id: string): void => {
    // A third one takes the place of the first.
    setPicked(picked.includes(id) ? picked.filter((each) => each !== id) : [...picked, id].slice(-2));
  };
  return (
    <div class="history">
      <p class="muted">Open a run to see its profile, or pick two to read their figures side by side.</p>
      <div class="scroll-x" onKeyDown={roving.onKeyDown}>
        <table class="data">
          <caption class="unseen">Runs, newest first</caption>
          <thead>
            <tr>
              {['pick', 'when', 'function', 'model', 'workers', 'wall time', 'speed-up', 'tasks', 'ended'].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {history.map((item, i) => (
              <Row
                key={item.id}
                item={item}
                longest={longest}
                shown={item.id === store.run?.header.id}
                picked={picked.includes(item.id)}
                roving={roving.item(i)}
                onPick={() => pick(item.id)}
                onOpen={() => {
                  store.setTab('profile');
                  store.post({ type: 'select', runId: item.id });
                }}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div class="below">
        <button type="button" class="primary" disabled={!pair} onClick={() => pair && store.post({ type: 'pair', runIds: [pair[0]!, pair[1]!] })}>
          {pair ? 'Read side by side' : 'Pick two runs to read side by side'}
        </button>
      </div>
      {store.pair && <SideBySide pair={store.pair} history={history} />}
    </div>
  );
}

interface RowProps {
  readonly item: HistoryItem;
  readonly longest: number;
  readonly shown: boolean;
  readonly picked: boolean;
  readonly roving: { tabIndex: 0 | -1; onFocus(): void };
  readonly onPick: () => void;
  readonly onOpen: () => void;
}

/** A row takes the focus: Enter opens it, Space picks it. Its box and its button are for the mouse. */
function Row({ item, longest, shown, picked, roving, onPick, onOpen }: RowProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (event.key === 'Enter') onOpen();
    else onPick();
  };
  const name = `run of ${when(item.requestedAt)}`;
  return (
    <tr {...roving} class={shown ? 'shown' : ''} aria-current={shown ? 'true' : undefined} onKeyDown={onKeyDown}>
      <td>
        <input type="checkbox" tabIndex={-1} checked={picked} aria-label={`Pick the ${name}`} onChange={onPick} />
      </td>
      <td>
        <button type="button" class="link" tabIndex={-1} title={item.kept ? 'Open its profile' : 'Its profile is gone'} aria-label={`Open the ${name}`} onClick={onOpen}>
          {when(item.requestedAt)}
        </button>
      </td>
      <td>
        <bdi title={plain(item.inputs)}>{plain(item.functionName)}</bdi>
      </td>
      <td>{item.model}</td>
      <td>{item.workers ?? ''}</td>
      <td>
        <WallTime item={item} longest={longest} />
      </td>
      <td>{item.speedup === null ? '' : times(item.speedup)}</td>
      <td>{grouped(item.counts.succeeded + item.counts.failed)}</td>
      <td>
        <Ending item={item} />
      </td>
    </tr>
  );
}

const WallTime = ({ item: { wallMs }, longest }: { item: HistoryItem; longest: number }) => (
  <span class="wall">
    <i class="fill-computing" style={{ width: `${longest > 0 && wallMs ? (wallMs / longest) * 60 : 0}%` }} />
    {wallMs === null ? '' : duration(wallMs)}
  </span>
);

function Ending({ item: { outcome, counts, message } }: { item: HistoryItem }) {
  const bad = outcome === 'failed' || counts.failed > 0;
  const text = outcome === 'completed' && counts.failed > 0 ? `${grouped(counts.failed)} failed` : outcome;
  return (
    <span class={bad ? 'failed' : ''} title={message === null ? undefined : plain(message)}>
      {bad && <Icon name="error" />}
      {text}
    </span>
  );
}
