import type { RunModel } from '../store/run-model';
import type { Store } from '../store/store';
import { Findings } from './findings';
import { Footer } from './footer';
import { Headline } from './headline';
import { LatencyCard } from './latency-card';
import { LossBar } from './loss-bar';
import { Loading } from './messages';
import { Metrics } from './metrics';
import { OutputCard } from './output-card';
import { TaskDetails } from './task-details';
import { Timeline } from './timeline';
import { WorkersCard } from './workers-card';

/** One run at a glance, from the sentence down to a single task. */
export function ProfileTab({ store, run, onHelp }: { store: Store; run: RunModel; onHelp: () => void }) {
  // The figures of a run that has ended come before its columns.
  if (!run.live && !run.figures) return <Loading note={run.header.functionName} />;
  return (
    <>
      <Headline store={store} run={run} />
      {!run.live && run.figures && run.progress && <LossBar figures={run.figures} plan={run.progress.plan} language={run.header.language} />}
      <Metrics run={run} />
      <div class="columns">
        <div class="main">
          <Timeline store={store} run={run} />
          <Findings store={store} run={run} />
          <TaskDetails store={store} run={run} />
        </div>
        <aside class="rail" aria-label="Latency, workers, output">
          <LatencyCard store={store} run={run} />
          <WorkersCard store={store} run={run} />
          <OutputCard store={store} run={run} />
        </aside>
      </div>
      <Footer run={run} onHelp={onHelp} />
    </>
  );
}
