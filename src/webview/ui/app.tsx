import { useState } from 'preact/hooks';
import type { Store } from '../store/store';
import { Announcer } from './announcer';
import { useGlobalKeys } from './global-keys';
import { Header } from './header';
import { Help } from './help';
import { HistoryTab } from './history-tab';
import { Idle, Loading } from './messages';
import { ProfileTab } from './profile-tab';
import { TasksTab } from './tasks-tab';
import { useStore } from './use-store';

export function App({ store }: { store: Store }) {
  useStore(store);
  const [help, setHelp] = useState(false);
  useGlobalKeys(store, () => setHelp(true));
  return (
    <div class={store.tab === 'tasks' && store.run ? 'panel fitted' : 'panel'}>
      <Header store={store} />
      <main class="body">
        <div class="body" {...(hasTabs(store) ? { id: `view-${store.tab}`, role: 'tabpanel', 'aria-labelledby': `tab-${store.tab}` } : {})}>
          <Body store={store} onHelp={() => setHelp(true)} />
        </div>
      </main>
      <Announcer store={store} />
      {help && <Help onClose={() => setHelp(false)} />}
    </div>
  );
}

/** Without a run there is only the history to look at, where there is one. */
export const hasTabs = ({ run, history }: Store): boolean => run !== null || history.length > 0;

function Body({ store, onHelp }: { store: Store; onHelp: () => void }) {
  const { run, idle, tab } = store;
  if (tab === 'history' && hasTabs(store)) return <HistoryTab store={store} />;
  if (run === null) return idle === null ? <Loading note="" /> : <Idle store={store} idle={idle} />;
  if (run.progress === null) return <Loading note={run.header.functionName} />;
  return tab === 'tasks' ? <TasksTab store={store} run={run} /> : <ProfileTab store={store} run={run} onHelp={onHelp} />;
}
