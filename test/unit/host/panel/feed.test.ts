import assert from 'node:assert/strict';
import { RunFeed } from '../../../../src/host/panel/feed';
import { Figures } from '../../../../src/host/panel/figures';
import { RunData } from '../../../../src/profile/run-data';
import { columnsOver, recordBytes } from '../../../../src/protocol/columns';
import { coreColumnsOver } from '../../../../src/protocol/core-columns';
import { bounds, type HostMessage } from '../../../../src/protocol/panel';
import { recordsOf } from '../../../made-up/records';
import { madeUpRun } from '../../../made-up/run';

/** A feed whose clock and timers are moved by hand. */
class Bench {
  now = 0;
  readonly posted: HostMessage[] = [];
  readonly #timers: { at: number; action: () => void }[] = [];
  readonly feed: RunFeed;
  figuresAsked = 0;

  constructor(readonly run: RunData) {
    const figures = new Figures();
    this.feed = new RunFeed(run, {
      post: (message) => void this.posted.push(message),
      figures: (data) => {
        this.figuresAsked++;
        return figures.of(data);
      },
      header: (data) => ({
        id: data.id,
        requestedAt: 0,
        language: 'typescript',
        functionName: 'f',
        fileLabel: 'f.ts',
        line: 1,
        inputs: '',
        records: data.records.length,
        lanes: 1,
      }),
      now: () => this.now,
      after: (delay, action) => {
        const timer = { at: this.now + delay, action };
        this.#timers.push(timer);
        return { dispose: () => void this.#timers.splice(this.#timers.indexOf(timer) >>> 0, 1) };
      },
    });
  }

  pass(ms: number): void {
    this.now += ms;
    for (const timer of this.#timers.filter(({ at }) => at <= this.now)) {
      this.#timers.splice(this.#timers.indexOf(timer), 1);
      timer.action();
    }
  }

  of<T extends HostMessage['type']>(type: T): Extract<HostMessage, { type: T }>[] {
    return this.posted.filter((message): message is Extract<HostMessage, { type: T }> => message.type === type);
  }

  get lastSeq(): number {
    return this.of('progress').at(-1)?.seq ?? 0;
  }

  acknowledge(): void {
    this.feed.acknowledge(this.lastSeq);
  }

  /** Acknowledges until nothing more comes. */
  drain(): void {
    for (let seq = -1; seq !== this.lastSeq; ) {
      seq = this.lastSeq;
      this.acknowledge();
    }
  }
}

function liveRun(): RunData {
  const run = madeUpRun({ tasks: 1 });
  const live = new RunData('live', 0, run.target, run.inputs, run.plan);
  live.phase = 'running';
  return live;
}

function addTasks(run: RunData, n: number): void {
  const first = run.records.length;
  run.records.append(recordsOf(Array.from({ length: n }, (_, i) => ({ start: first + i, compute: 0.5, id: first + i }))), n);
  run.counts.succeeded += n;
  run.wallMs = first + n;
}

describe('the feed of a run', () => {
  it('says nothing before the page is ready', () => {
    const bench = new Bench(madeUpRun());
    bench.feed.update();
    bench.pass(1000);
    assert.deepEqual(bench.posted, []);
  });

  it('sends a run that has ended: header, final figures, all records, and where it stands', () => {
    const run = madeUpRun({ tasks: 3000 });
    const bench = new Bench(run);
    bench.feed.ready(0);
    assert.deepEqual(bench.posted.map(({ type }) => type), ['run', 'figures', 'cores', 'records', 'progress']);
    const [figures] = bench.of('figures');
    assert.equal(figures!.provisional, false);
    assert.ok(figures!.figures.verdict);
    const [records] = bench.of('records');
    assert.equal(records!.n, 3000);
    assert.equal(records!.data.byteLength, 3000 * recordBytes);
    const [block] = [...run.records.blocks()];
    assert.deepEqual(columnsOver(records!.data, 3000).start, block!.columns.start.slice(0, 3000));
    const [cores] = bench.of('cores');
    assert.deepEqual([...coreColumnsOver(cores!.data, cores!.n, cores!.cores).at], run.cores.samples.map(({ at }) => at));
    assert.equal(bench.of('progress')[0]!.progress.records, 3000);
  });

  it('cuts a long run into chunks of at most 4 MB, two under way at a time, without waiting for the clock', () => {
    const bench = new Bench(madeUpRun({ tasks: 400_000, length: 0.01 }));
    bench.feed.ready(0);
    assert.equal(bench.of('records').length, 2, 'two chunks under way');
    bench.feed.acknowledge(1);
    assert.equal(bench.of('records').length, 3);
    bench.drain();
    const chunks = bench.of('records');
    assert.ok(chunks.every(({ data }) => data.byteLength <= bounds.chunk));
    assert.equal(chunks.reduce((sum, { n }) => sum + n, 0), 400_000);
    assert.deepEqual(chunks.map(({ from }) => from), chunks.map((_, i) => i * chunks[0]!.n));
    assert.equal(bench.of('figures').length, 1, 'final figures go once');
  });

  it('sends no more than 20 ticks a second, and with each all that came meanwhile', () => {
    const run = liveRun();
    const bench = new Bench(run);
    bench.feed.ready(0);
    for (let ms = 0; ms < 1000; ms++) {
      addTasks(run, 3);
      bench.feed.update();
      bench.acknowledge();
      bench.pass(1);
    }
    const ticks = bench.of('progress').length;
    assert.ok(ticks >= 18 && ticks <= 21, `${ticks} ticks`);
    bench.pass(50);
    assert.equal(bench.of('records').reduce((sum, { n }) => sum + n, 0), 3000);
  });

  it('keeps what comes while a tick is not acknowledged, and sends it in one', () => {
    const run = liveRun();
    const bench = new Bench(run);
    bench.feed.ready(0);
    addTasks(run, 10);
    bench.feed.update();
    for (let i = 0; i < 100; i++) {
      addTasks(run, 10);
      bench.feed.update();
      bench.pass(100);
    }
    assert.equal(bench.of('progress').length, 1, 'nothing while one is under way');
    bench.acknowledge();
    bench.pass(50);
    assert.deepEqual(bench.of('records').map(({ n }) => n), [1010]);
  });

  it('gives provisional figures now and then, and the final ones once the run has ended', () => {
    const run = liveRun();
    const bench = new Bench(run);
    bench.feed.ready(0);
    for (let ms = 0; ms < 3000; ms += 50) {
      addTasks(run, 5);
      bench.pass(50);
      bench.acknowledge();
      bench.feed.update();
    }
    const provisional = bench.of('figures').length;
    assert.ok(provisional >= 4 && provisional <= 6, `${provisional} in 3 s`);
    assert.ok(bench.of('figures').every((message) => message.provisional && message.figures.verdict === null));
    run.phase = 'ended';
    run.outcome = 'completed';
    bench.feed.update();
    bench.pass(50);
    bench.drain();
    bench.pass(50);
    assert.equal(bench.of('figures').length, provisional + 1);
    assert.equal(bench.of('figures').at(-1)!.provisional, false);
    assert.equal(bench.of('progress').at(-1)!.progress.phase, 'ended');
  });

  it('gives figures of what the page has seen, even where nothing changes for long', () => {
    const run = liveRun();
    const bench = new Bench(run);
    bench.feed.ready(0);
    addTasks(run, 5);
    bench.feed.update();
    bench.acknowledge();
    bench.pass(50);
    bench.acknowledge();
    assert.equal(bench.of('figures').length, 0);
    bench.pass(500);
    assert.equal(bench.of('figures').length, 1);
    assert.equal(bench.of('figures')[0]!.figures.tasks, 5);
    bench.acknowledge();
    bench.pass(5000);
    assert.equal(bench.of('figures').length, 1, 'and not again');
  });

  it('goes on from the last tick that a page has', () => {
    const run = liveRun();
    const bench = new Bench(run);
    addTasks(run, 100);
    bench.feed.ready(0);
    bench.acknowledge();
    bench.feed.pause();
    addTasks(run, 20);
    bench.feed.update();
    bench.pass(1000);
    bench.feed.ready(1);
    assert.equal(bench.of('run').length, 1, 'no second header');
    assert.deepEqual(bench.of('records').map(({ from, n }) => [from, n]), [[0, 100], [100, 20]]);
  });

  it('begins again for a page that has lost its data, or has what nobody sent', () => {
    const run = liveRun();
    const bench = new Bench(run);
    addTasks(run, 100);
    bench.feed.ready(0);
    bench.acknowledge();
    for (const lastSeq of [0, 77]) {
      bench.posted.length = 0;
      bench.feed.pause();
      bench.feed.ready(lastSeq);
      assert.deepEqual(bench.posted.map(({ type }) => type), ['run', 'records', 'progress']);
      assert.equal(bench.of('records')[0]!.from, 0);
      bench.acknowledge();
    }
  });

  it('ignores acknowledgements of what it did not send', () => {
    const bench = new Bench(madeUpRun({ tasks: 400_000, length: 0.01 }));
    bench.feed.ready(0);
    bench.feed.acknowledge(99);
    bench.feed.acknowledge(0);
    assert.equal(bench.of('records').length, 2);
  });

  it('sends output once, cut to what a line may hold, and says what was let go', () => {
    const run = liveRun();
    const bench = new Bench(run);
    run.output.append({ stream: 'stdout', task: 3, text: 'x'.repeat(10_000) });
    bench.feed.ready(0);
    run.output.append({ stream: 'stderr', task: null, text: 'later' });
    run.output.dropped = 12;
    bench.feed.update();
    bench.acknowledge();
    bench.pass(50);
    assert.deepEqual(
      bench.of('output').map(({ lines, dropped }) => [lines.map(({ text }) => text.length), dropped]),
      [[[bounds.outputLine], 0], [[5], 12]],
    );
  });

  it('catches up with a flood of output that its log has partly let go', () => {
    const run = liveRun();
    const bench = new Bench(run);
    bench.feed.ready(0);
    for (let i = 0; i < 200_000; i++) run.output.append({ stream: 'stdout', task: null, text: `line ${i}` });
    bench.feed.update();
    bench.acknowledge();
    bench.pass(50);
    bench.drain();
    const messages = bench.of('output');
    assert.ok(messages.every(({ lines }) => lines.length <= bounds.outputLines));
    assert.deepEqual(messages.flatMap(({ lines }) => lines), run.output.lines);
  });

  it('names the first errors of the run before those of tasks, and no more than a page can use', () => {
    const run = liveRun();
    for (let index = 0; index < 30; index++) run.errors.push({ index, name: 'Error', message: 'm'.repeat(9000), stack: 's', phase: 'run' });
    run.errors.push({ index: -1, name: 'PoolError', message: 'died', stack: '', phase: 'pool' });
    const bench = new Bench(run);
    bench.feed.ready(0);
    const { errors } = bench.of('progress')[0]!.progress;
    assert.equal(errors.length, bounds.listed);
    assert.equal(errors[0]!.name, 'PoolError');
    assert.ok(errors.every(({ message }) => message.length <= bounds.line));
  });

  it('reads each record once for the figures, however often they are asked for', () => {
    const run = liveRun();
    addTasks(run, 10);
    const figures = new Figures();
    assert.equal(figures.of(run).tasks, 10);
    addTasks(run, 70_000);
    assert.equal(figures.of(run).tasks, 70_010);
    assert.equal(figures.of(run).tasks, 70_010);
  });
});
