import assert from 'node:assert/strict';
import { Lanes } from '../../../src/profile/lanes';
import type { HostMessage, PageMessage, RunProgress } from '../../../src/protocol/panel';
import { allocateColumns, copyRecords } from '../../../src/protocol/columns';
import { OutputTail } from '../../../src/webview/store/output-tail';
import { noState, type PageState, readState } from '../../../src/webview/store/page-state';
import { laneBeside, placeOf, selectionOf, slowestOf, taskBeside, taskNear } from '../../../src/webview/store/selection';
import { Store } from '../../../src/webview/store/store';
import { TaskList } from '../../../src/webview/store/task-list';
import { type MadeUpTask, recordsOf } from '../../made-up/records';

function lanesOf(tasks: readonly MadeUpTask[]): Lanes {
  const lanes = new Lanes();
  lanes.append(recordsOf(tasks), tasks.length);
  return lanes;
}

describe('the state that outlives the page', () => {
  it('is read back as it was kept', () => {
    const kept: PageState = { runId: 'a', tab: 'tasks', view: { from: 1, to: 2 }, selection: { worker: 1, slot: 0, start: 0.5, id: 7 } };
    assert.deepEqual(readState(JSON.parse(JSON.stringify(kept))), kept);
  });

  for (const forged of [undefined, null, 5, 'x', [], { tab: '<img>', view: { from: 'a', to: {} }, selection: { worker: 1 }, runId: 9 }, { view: { from: 9, to: 3 } }]) {
    it(`is nothing where it was ${JSON.stringify(forged)}`, () => assert.deepEqual(readState(forged), noState));
  }
});

describe('a selected task', () => {
  const tasks = [
    { start: 1, compute: 1, id: 10 },
    { start: 5, compute: 9, id: 11 },
    { start: 5, id: 12, worker: 2 },
  ];

  it('is found again after others have come before it', () => {
    const lanes = lanesOf(tasks);
    const selection = selectionOf(lanes.all[0]!, 1);
    lanes.append(recordsOf([{ start: 3, id: 13 }, { start: 0, id: 14, worker: 1 }]), 2);
    const place = placeOf(selection, lanes)!;
    assert.deepEqual([place.row, place.index, place.lane.id[place.index]], [0, 2, 11]);
  });

  it('is nowhere in another run', () => {
    assert.equal(placeOf({ worker: 0, slot: 0, start: 1, id: 99 }, lanesOf(tasks)), null);
    assert.equal(placeOf({ worker: 7, slot: 0, start: 1, id: 10 }, lanesOf(tasks)), null);
  });

  it('has neighbours in its lane and in others', () => {
    const lanes = lanesOf(tasks);
    lanes.setStartUps(new Map([[1, { from: 0, readyAt: 1 }]]));
    const first = taskNear(lanes, 0, 0)!;
    assert.equal(first.index, 0);
    assert.equal(taskBeside(first, -1).index, 0);
    assert.equal(taskBeside(first, 1).index, 1);
    assert.equal(taskBeside(first, 9).index, 1);
    assert.equal(laneBeside(lanes, 0, 1), 2, 'lanes without tasks are passed over');
    assert.equal(laneBeside(lanes, 0, -1), null);
    assert.equal(taskNear(lanes, 0, 6)!.index, 1);
    assert.equal(taskNear(lanes, 1, 6), null);
  });

  it('can be the slowest', () => {
    const slowest = slowestOf(lanesOf(tasks))!;
    assert.equal(slowest.lane.id[slowest.index], 11);
    assert.equal(slowestOf(new Lanes()), null);
  });
});

describe('the list of tasks', () => {
  const lanes = lanesOf([
    { start: 1, compute: 3, id: 0 },
    { start: 2, compute: 1, id: 1, worker: 1, status: 1 },
    { start: 9, compute: 2, id: 2, worker: 1 },
    { start: 8, compute: 3, id: 3, status: 2 },
  ]);
  const ids = (list: TaskList): number[] =>
    Array.from({ length: list.length }, (_, i) => list.at(i)).map(({ lane, index }) => lane.id[index]!);

  it('is in the order of any column, both ways, equal ones as they were', () => {
    assert.deepEqual(ids(new TaskList(lanes.all, { key: 'id', descending: false, onlyFailed: false })), [0, 1, 2, 3]);
    assert.deepEqual(ids(new TaskList(lanes.all, { key: 'start', descending: true, onlyFailed: false })), [2, 3, 1, 0]);
    assert.deepEqual(ids(new TaskList(lanes.all, { key: 'duration', descending: true, onlyFailed: false })), [0, 3, 2, 1]);
    assert.deepEqual(ids(new TaskList(lanes.all, { key: 'status', descending: true, onlyFailed: false })), [3, 1, 0, 2]);
    assert.deepEqual(ids(new TaskList(lanes.all, { key: 'worker', descending: false, onlyFailed: false })), [0, 3, 1, 2]);
  });

  it('may hold the failed ones alone', () => {
    assert.deepEqual(ids(new TaskList(lanes.all, { key: 'start', descending: false, onlyFailed: true })), [1, 3]);
  });

  it('may be empty', () => {
    assert.equal(new TaskList([], { key: 'id', descending: false, onlyFailed: false }).length, 0);
  });
});

describe('the output that the page keeps', () => {
  it('is the newest, and what was let go is counted once', () => {
    const tail = new OutputTail();
    const line = { stream: 'stdout', task: null, text: 'x'.repeat(1000) } as const;
    for (let i = 0; i < 3000; i++) tail.append([line], 0);
    assert.ok(tail.lines.length < 1400);
    assert.equal(tail.dropped, (3000 - tail.lines.length) * 1001);
    tail.append([], 9e9);
    assert.equal(tail.dropped, 9e9);
  });
});

describe('the store', () => {
  const progress = (records: number, phase: RunProgress['phase'] = 'running'): RunProgress => ({
    phase,
    outcome: phase === 'ended' ? 'completed' : null,
    message: null,
    plan: { model: 'threads', workers: 1, concurrency: 1, chunk: 'auto', tasks: 10 },
    environment: null,
    wallMs: 100,
    counts: { tasks: 10, succeeded: records, failed: 0, cancelled: 0 },
    records,
    splitKnown: true,
    runQueueKnown: true,
    splitShared: false,
    workers: [],
    warnings: [],
    errors: [],
  });
  const header = (id: string): HostMessage => ({
    type: 'run',
    run: { id, requestedAt: 0, language: 'typescript', functionName: 'f', fileLabel: 'f.ts', line: 1, inputs: '', records: 0, lanes: 1 },
  });
  const records = (runId: string, tasks: MadeUpTask[]): HostMessage => {
    const { buffer, columns } = allocateColumns(tasks.length);
    copyRecords(recordsOf(tasks), 0, tasks.length, columns, 0);
    return { type: 'records', runId, seq: 1, from: 0, n: tasks.length, data: buffer };
  };

  function setUp(state: unknown = undefined) {
    const posted: PageMessage[] = [];
    let kept: unknown = state;
    const store = new Store({ post: (message) => void posted.push(message), getState: () => kept, setState: (next) => (kept = next) });
    return { store, posted, kept: () => kept as PageState };
  }

  it('acknowledges a tick when it is whole', () => {
    const { store, posted } = setUp();
    store.receive(header('a'));
    store.receive(records('a', [{ start: 1, compute: 2 }]));
    assert.deepEqual(posted, []);
    store.receive({ type: 'progress', runId: 'a', seq: 1, progress: progress(1, 'ended') });
    assert.deepEqual(posted, [{ type: 'ack', runId: 'a', seq: 1 }]);
    assert.deepEqual([store.run!.lanes.tasks, store.run!.extent, store.run!.loading], [1, 100, false]);
  });

  it('ignores what is of another run', () => {
    const { store, posted } = setUp();
    store.receive(header('b'));
    store.receive(records('a', [{ start: 1 }]));
    store.receive({ type: 'progress', runId: 'a', seq: 1, progress: progress(1) });
    assert.equal(store.run!.lanes.tasks, 0);
    assert.deepEqual(posted, []);
  });

  it('says what it has when it is ready', () => {
    const { store, posted } = setUp();
    store.ready();
    store.receive(header('a'));
    store.receive({ type: 'progress', runId: 'a', seq: 4, progress: progress(0) });
    store.ready();
    assert.deepEqual(posted.filter(({ type }) => type === 'ready'), [
      { type: 'ready', runId: null, lastSeq: 0 },
      { type: 'ready', runId: 'a', lastSeq: 4 },
    ]);
  });

  it('comes back to where one was, in the same run and in no other', () => {
    const selection = { worker: 0, slot: 0, start: 1, id: 0 };
    const state: PageState = { runId: 'a', tab: 'tasks', view: { from: 10, to: 20 }, selection };
    const same = setUp(state).store;
    same.receive({ type: 'history', items: [] });
    same.receive(header('a'));
    same.receive({ type: 'progress', runId: 'a', seq: 1, progress: progress(0, 'ended') });
    assert.deepEqual([same.view, same.selection, same.tab], [{ from: 10, to: 20 }, selection, 'tasks']);
    const other = setUp(state).store;
    other.receive(header('b'));
    assert.deepEqual([other.whole, other.selection, other.tab], [true, null, 'profile']);
  });

  it('keeps nothing of the data', () => {
    const { store, kept } = setUp();
    store.receive(header('a'));
    store.receive(records('a', [{ start: 1, compute: 2, id: 5 }]));
    store.receive({ type: 'progress', runId: 'a', seq: 1, progress: progress(1, 'ended') });
    store.select(selectionOf(store.run!.lanes.all[0]!, 0));
    store.setTab('tasks');
    assert.deepEqual(kept(), { runId: 'a', tab: 'tasks', view: null, selection: { worker: 0, slot: 0, start: 1, id: 5 } });
    assert.ok(JSON.stringify(kept()).length < 500);
  });

  it('shows details of the selected task, and none of the one before', () => {
    const { store } = setUp();
    store.receive(header('a'));
    store.receive(records('a', [{ start: 1, id: 5 }, { start: 2, id: 6 }]));
    const lane = store.run!.lanes.all[0]!;
    store.select(selectionOf(lane, 1));
    const details = (index: number): HostMessage => ({ type: 'task', runId: 'a', index, input: 'x', result: null, error: null });
    store.receive(details(5));
    assert.equal(store.task, null);
    store.receive(details(6));
    assert.equal(store.task!.index, 6);
    store.select(selectionOf(lane, 0));
    assert.equal(store.task, null);
  });
});
