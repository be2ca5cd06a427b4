import { TaskStatus } from '../../protocol/columns';
import type { TaskError } from '../../protocol/report';
import { framePlace } from '../../profile/stack-frame';
import { duration, grouped, percent } from '../../profile/words';
import { laneName } from '../layout/hover';
import { stateNames } from '../layout/legend';
import type { RunModel } from '../store/run-model';
import { selectionOf, slowestOf, type TaskPlace } from '../store/selection';
import type { Store } from '../store/store';
import { State } from '../../profile/lane';
import { Icon } from './icon';
import { plain } from './plain-text';

const statusNames: Record<number, string> = { [TaskStatus.failed]: 'failed', [TaskStatus.timedOut]: 'timed out' };

/** One task: its phases, its inputs, and what came of it. */
export function TaskDetails({ store, run }: { store: Store; run: RunModel }) {
  const { place } = store;
  if (!place) {
    return <NoTask store={store} run={run} />;
  }
  const { lane, index } = place;
  const id = lane.id[index]!;
  const status = statusNames[lane.status[index]!];
  const details = store.task?.index === id ? store.task : null;
  return (
    <section class="details" aria-label="Selected task" aria-live="polite">
      <div class="phases">
        <h2>Task #{grouped(id)}</h2>
        <Phases place={place} />
        <span>
          <b>{duration(lane.duration(index))}</b> <span class="muted">{rankText(run, lane.duration(index))}</span>
        </span>
      </div>
      <Lengths run={run} place={place} />
      {status !== undefined && (
        <p class="failed">
          <Icon name="error" />
          {status}
        </p>
      )}
      {details && <Values store={store} run={run} input={details.input} result={details.result} error={details.error} id={id} />}
    </section>
  );
}

function NoTask({ store, run }: { store: Store; run: RunModel }) {
  const showSlowest = (): void => {
    const slowest = slowestOf(run.lanes);
    if (slowest) store.select(selectionOf(slowest.lane, slowest.index));
  };
  return (
    <p class="details muted">
      No task is selected. Click one, or focus the timeline and use the arrow keys.{' '}
      {run.lanes.tasks > 0 && (
        <button type="button" class="link" onClick={showSlowest}>
          Show the slowest
        </button>
      )}
    </p>
  );
}

/** Slices of the task to scale. */
function Phases({ place: { lane, index } }: { place: TaskPlace }) {
  const parts: [string, number][] = [
    ['overhead', lane.transferIn[index]!],
    ['computing', lane.compute[index]!],
    ['queueing', lane.runQueue[index]!],
    ['waiting', lane.wait[index]!],
    ['overhead', lane.transferOut[index]!],
  ];
  const total = parts.reduce((sum, [, length]) => sum + length, 0);
  return (
    <div class="stack" aria-hidden="true">
      {parts.map(([filling, length], i) => length > 0 && <i key={i} class={`fill-${filling}`} style={{ width: `${(length / total) * 100}%` }} />)}
    </div>
  );
}

function Lengths({ run, place: { lane, index } }: { run: RunModel; place: TaskPlace }) {
  const lengths: Record<State, number> = {
    [State.overhead]: lane.transferIn[index]! + lane.transferOut[index]!,
    [State.computing]: lane.compute[index]!,
    [State.waiting]: lane.wait[index]!,
    [State.waitingForCore]: lane.runQueue[index]!,
  };
  return (
    <ul class="lengths">
      <li>
        worker <b>{laneName(lane)}</b>
      </li>
      <li>
        called at <b>{duration(lane.start[index]!)}</b>
      </li>
      <li>
        queued <b>{duration(lane.queued[index]!)}</b>
      </li>
      {stateNames(run.progress!).map(({ state, name, filling }) => (
        <li key={state}>
          <i class={`swatch fill-${filling}`} />
          {state === State.overhead ? 'transfer' : name} <b>{duration(lengths[state])}</b>
        </li>
      ))}
    </ul>
  );
}

function rankText({ latency, figures }: RunModel, length: number): string {
  if (latency.total < 2) return '';
  const max = figures?.latency.maxMs;
  if (max != null && length >= max * 0.9999) return 'the slowest';
  const below = latency.shareBelow(length);
  return below < 0.005 ? 'among the fastest' : `slower than about ${percent(Math.floor(below * 100) / 100)}`;
}

interface ValuesProps {
  readonly store: Store;
  readonly run: RunModel;
  readonly id: number;
  readonly input: string | null;
  readonly result: string | null;
  readonly error: TaskError | null;
}

function Values({ store, run, id, input, result, error }: ValuesProps) {
  return (
    <>
      <dl class="values">
        {input === null ? (
          <div class="muted">Inputs and results are kept for the first tasks and for failed ones.</div>
        ) : (
          <div>
            <dt>input</dt>
            <dd>
              <code>{plain(input)}</code>
            </dd>
          </div>
        )}
        {result !== null && (
          <div>
            <dt>result</dt>
            <dd>
              <code>{plain(result)}</code>
            </dd>
          </div>
        )}
      </dl>
      {error && <Failure error={error} onFrame={(frame) => store.post({ type: 'openFrame', runId: run.header.id, index: id, frame })} />}
    </>
  );
}

/** Name, message and stack; a frame that names a file opens it. */
function Failure({ error, onFrame }: { error: TaskError; onFrame: (frame: number) => void }) {
  const lines = error.stack === '' ? [] : error.stack.split('\n');
  return (
    <div class="failure">
      <p>
        <b>{plain(error.name)}</b>: {plain(error.message)} {error.phase !== 'run' && <span class="muted">({error.phase})</span>}
      </p>
      {lines.length > 0 && (
        <pre tabIndex={0} aria-label="Stack">
          {lines.map((line, frame) =>
            framePlace(line) ? (
              <button key={frame} type="button" class="link" onClick={() => onFrame(frame)}>
                {plain(line)}
              </button>
            ) : (
              <span key={frame}>{plain(line)}</span>
            ),
          )}
        </pre>
      )}
    </div>
  );
}
