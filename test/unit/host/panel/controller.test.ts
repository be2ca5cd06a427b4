import assert from 'node:assert/strict';
import { PanelController } from '../../../../src/host/panel/controller';
import { Figures } from '../../../../src/host/panel/figures';
import type { PanelActions, Subject } from '../../../../src/host/panel/panel-contract';
import type { RunData } from '../../../../src/profile/run-data';
import { bounds, type HistoryItem, type HostMessage } from '../../../../src/protocol/panel';
import { madeUpRun } from '../../../made-up/run';

function itemOf(id: string, more: Partial<HistoryItem> = {}): HistoryItem {
  return {
    id,
    requestedAt: 0,
    functionName: 'f',
    fileLabel: 'f.ts',
    inputs: 'range(8)',
    model: 'threads',
    workers: 2,
    outcome: 'completed',
    message: null,
    wallMs: 10,
    speedup: 2,
    counts: { tasks: 1, succeeded: 1, failed: 0, cancelled: 0 },
    kept: true,
    ...more,
  };
}

function setUp(subject: Subject | null, runs: readonly RunData[] = [], items: readonly HistoryItem[] = []) {
  const posted: HostMessage[] = [];
  const calls: unknown[][] = [];
  const logged: string[] = [];
  const note = (name: string) => (...args: unknown[]) => void calls.push([name, ...args]);
  const actions: PanelActions = {
    run: note('run'),
    rerun: note('rerun'),
    cancel: note('cancel'),
    exportRun: note('export'),
    trust: note('trust'),
    showLog: note('log'),
    openLocation: note('open'),
    selected: note('selected'),
  };
  const figures = new Figures();
  const controller = new PanelController(
    {
      post: (message) => void posted.push(message),
      figures: (run) => figures.of(run),
      header: (run) => ({ id: run.id, requestedAt: 0, language: 'typescript', functionName: 'f', fileLabel: 'f.ts', line: 1, inputs: '', records: 0, lanes: 1 }),
      now: () => 0,
      after: () => ({ dispose: () => undefined }),
    },
    actions,
    {
      items: () => items,
      find: (id) => {
        const data = runs.find((run) => run.id === id);
        return data && { data };
      },
      onChange: () => ({ dispose: () => undefined }),
    },
    (line) => logged.push(line),
  );
  if (subject) controller.show(subject);
  const types = () => posted.map(({ type }) => type);
  return { controller, posted, calls, logged, types };
}

const ready = { type: 'ready', runId: null, lastSeq: 0 };

describe('the panel’s controller', () => {
  it('sends nothing before the page listens, and then the history and the run', () => {
    const run = madeUpRun({ tasks: 10 });
    const { controller, types, posted } = setUp({ kind: 'run', run: { data: run } });
    assert.deepEqual(posted, []);
    controller.receive(ready);
    assert.deepEqual(types(), ['history', 'run', 'figures', 'cores', 'records', 'progress']);
  });

  for (const subject of [
    { kind: 'empty', functionName: 'f' },
    { kind: 'untrusted' },
    { kind: 'gone', item: itemOf('x', { outcome: 'interrupted' }) },
  ] satisfies Subject[]) {
    it(`says why there is nothing to show: ${subject.kind}`, () => {
      const { controller, posted } = setUp(subject);
      controller.receive(ready);
      const idle = posted.at(-1)!;
      assert.ok(idle.type === 'idle' && idle.reason === subject.kind);
      assert.equal(idle.functionName, subject.kind === 'empty' ? 'f' : null);
      assert.equal(idle.item?.id ?? null, subject.kind === 'gone' ? 'x' : null);
    });
  }

  it('shows a new run in the same page', () => {
    const { controller, types } = setUp({ kind: 'empty', functionName: null });
    controller.receive(ready);
    controller.show({ kind: 'run', run: { data: madeUpRun({ tasks: 5 }) } });
    assert.ok(types().includes('run'));
  });

  it('follows a live run until another is shown', () => {
    let listeners = 0;
    const run = { data: madeUpRun({ tasks: 5 }), onUpdate: () => (listeners++, { dispose: () => void listeners-- }) };
    const { controller } = setUp({ kind: 'run', run });
    assert.equal(listeners, 1);
    controller.show({ kind: 'empty', functionName: null });
    assert.equal(listeners, 0);
  });

  it('passes on what a person clicks', () => {
    const { controller, calls } = setUp(null);
    for (const message of [
      { type: 'run' },
      { type: 'rerun', runId: 'a' },
      { type: 'cancel', runId: 'a' },
      { type: 'export', runId: 'a', format: 'trace' },
      { type: 'trust' },
      { type: 'log' },
    ]) {
      controller.receive(message);
    }
    assert.deepEqual(calls, [['run'], ['rerun', 'a'], ['cancel', 'a'], ['export', 'a', 'trace'], ['trust'], ['log']]);
  });

  it('ignores what it does not understand, and says so in the log', () => {
    const { controller, calls, logged, posted } = setUp({ kind: 'empty', functionName: null });
    const forged: unknown[] = [
      null,
      7,
      'rerun',
      [],
      {},
      { type: 'evaluate', code: 'process.exit()' },
      { type: 'rerun' },
      { type: 'rerun', runId: '' },
      { type: 'rerun', runId: 'x'.repeat(101) },
      { type: 'rerun', runId: 'a', command: 'rm' },
      { type: 'export', runId: 'a', format: '../../etc/passwd' },
      { type: 'ack', runId: 'a', seq: -1 },
      { type: 'ack', runId: 'a', seq: 0.5 },
      { type: 'ready', runId: null, lastSeq: Infinity },
      { type: 'task', runId: 'a', index: NaN },
      { type: 'openFrame', runId: 'a', index: 0, frame: 1e9 },
      { type: 'pair', runIds: ['a'] },
    ];
    for (const message of forged) controller.receive(message);
    assert.deepEqual([calls, posted], [[], []]);
    assert.equal(logged.length, forged.length);
  });

  it('gives the details of a task, cut to what a page can use', () => {
    const run = madeUpRun({ tasks: 20, failEvery: 20 });
    run.previews.set(3, { input: 'i'.repeat(9999), result: 'r' });
    run.errors[0] = { ...run.errors[0]!, stack: 's'.repeat(99_999) };
    const { controller, posted } = setUp({ kind: 'run', run: { data: run } });
    controller.receive({ type: 'task', runId: run.id, index: 3 });
    controller.receive({ type: 'task', runId: run.id, index: 19 });
    controller.receive({ type: 'task', runId: run.id, index: 99_999 });
    controller.receive({ type: 'task', runId: 'no such run', index: 3 });
    const [first, failed, unknown, ...none] = posted.filter((message) => message.type === 'task');
    assert.equal(first!.input!.length, bounds.preview);
    assert.equal(first!.result, 'r');
    assert.equal(failed!.error!.stack.length, bounds.stack);
    assert.deepEqual([unknown!.input, unknown!.result, unknown!.error], [null, null, null]);
    assert.deepEqual(none, []);
  });

  it('opens files that its own data name, and never one that the page names', () => {
    const run = madeUpRun({ tasks: 20, failEvery: 20 });
    const { controller, calls } = setUp({ kind: 'run', run: { data: run } });
    controller.receive({ type: 'openTarget', runId: run.id });
    controller.receive({ type: 'openFrame', runId: run.id, index: 19, frame: 1 });
    controller.receive({ type: 'openFrame', runId: run.id, index: 19, frame: 0 });
    controller.receive({ type: 'openFrame', runId: run.id, index: 19, frame: 50 });
    controller.receive({ type: 'openFrame', runId: run.id, index: 1, frame: 1 });
    controller.receive({ type: 'openTarget', runId: 'other', file: '/etc/passwd' });
    assert.deepEqual(calls, [['open', '/made-up/risk/pricing.ts', 41], ['open', '/made-up/risk/pricing.ts', 88]]);
  });

  it('shows the run that is chosen in the history, or that it is gone', () => {
    const kept = madeUpRun({ id: 'kept', tasks: 3 });
    const { controller, posted, calls } = setUp({ kind: 'empty', functionName: null }, [kept], [itemOf('kept'), itemOf('lost', { kept: false })]);
    controller.receive(ready);
    controller.receive({ type: 'select', runId: 'kept' });
    const header = posted.find((message) => message.type === 'run');
    assert.equal(header?.run.id, 'kept');
    controller.receive({ type: 'select', runId: 'lost' });
    const idle = posted.at(-1)!;
    assert.ok(idle.type === 'idle' && idle.reason === 'gone' && idle.item?.id === 'lost');
    assert.deepEqual(calls, [['selected', 'kept'], ['selected', 'lost']]);
  });

  it('gives the figures of two runs, and nothing for one whose data are gone', () => {
    const kept = madeUpRun({ id: 'kept', tasks: 30 });
    const { controller, posted } = setUp(null, [kept]);
    controller.receive({ type: 'pair', runIds: ['kept', 'lost'] });
    const pair = posted[0]!;
    assert.ok(pair.type === 'pair');
    assert.equal(pair.figures[0]!.tasks, 30);
    assert.equal(pair.figures[1], null);
  });
});
