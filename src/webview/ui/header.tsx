import { type Tab, tabs } from '../store/page-state';
import type { Store } from '../store/store';
import { hasTabs } from './app';
import { ExportMenu } from './export-menu';
import { Icon } from './icon';
import { plain } from './plain-text';
import { moved } from './roving';

const titles: Record<Tab, string> = { profile: 'Profile', tasks: 'Tasks', history: 'History' };

export function Header({ store }: { store: Store }) {
  return (
    <header class="bar">
      <Title store={store} />
      {hasTabs(store) && <Tabs store={store} />}
      <span class="spring" />
      <Actions store={store} />
    </header>
  );
}

function Title({ store }: { store: Store }) {
  const { run, idle } = store;
  const name = run?.header.functionName ?? idle?.item?.functionName ?? idle?.functionName;
  return (
    <div class="subject">
      <h1>
        <bdi>{name == null ? 'Corewise' : plain(name)}</bdi>
      </h1>
      {run && (
        <button type="button" class="place" title="Open the function" onClick={() => store.post({ type: 'openTarget', runId: run.header.id })}>
          <bdi>{plain(run.header.fileLabel)}</bdi>:{run.header.line}
        </button>
      )}
    </div>
  );
}

function Tabs({ store }: { store: Store }) {
  const shown = tabs.filter((tab) => store.run !== null || tab !== 'tasks');
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }): void => {
    const next = moved(event.key, shown.indexOf(store.tab), shown.length, { previous: 'ArrowLeft', next: 'ArrowRight' });
    if (next === null) return;
    event.preventDefault();
    store.setTab(shown[next]!);
    event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Views" onKeyDown={onKeyDown}>
      {shown.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`tab-${tab}`}
          aria-selected={store.tab === tab}
          aria-controls={store.tab === tab ? `view-${tab}` : undefined}
          tabIndex={store.tab === tab ? 0 : -1}
          onClick={() => store.setTab(tab)}
        >
          {titles[tab]}
          {tab === 'history' && store.history.length > 0 && <span class="badge">{store.history.length}</span>}
        </button>
      ))}
    </div>
  );
}

function Actions({ store }: { store: Store }) {
  const { run } = store;
  if (!run?.progress) return null;
  const runId = run.header.id;
  return (
    <div class="actions">
      {run.live ? (
        <button type="button" title="Stop the run; what finished is kept" onClick={() => store.post({ type: 'cancel', runId })}>
          <Icon name="debugStop" />
          <span class="word">Stop</span>
        </button>
      ) : (
        <button type="button" title="Run again with the same inputs" onClick={() => store.post({ type: 'rerun', runId })}>
          <Icon name="play" />
          <span class="word">Run again</span>
        </button>
      )}
      {!run.live && <ExportMenu onExport={(format) => store.post({ type: 'export', runId, format })} />}
    </div>
  );
}
