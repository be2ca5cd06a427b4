/**
 * What every runner promises, whatever its language: one body, run for each. Faults are injected by programs of the kit;
 * the numbers in brackets are the rows of the list of faults that each case covers.
 */
import assert from 'node:assert/strict';
import type { RunData } from '../../src/profile/run-data';
import { eventually } from './processes';
import type { Program, RunnerKit, RunOptions } from './kit';

export function describeRunner(kit: RunnerKit): void {
  const twenty = kit.numbers(20);
  const run = (program: Program, options: Partial<RunOptions> = {}): Promise<RunData> =>
    kit.start(program, { model: kit.pool, workers: 2, inputs: twenty, ...options }).ended;

  /** Runs, and ends the run when ten of its twenty tasks are done. Gives the time from the cancel to the end. */
  async function cancelled(program: Program): Promise<{ data: RunData; tookMs: number }> {
    const handle = kit.start(program, { model: kit.pool, workers: 2, inputs: twenty });
    await eventually('ten tasks end', 20_000, () => handle.data.counts.succeeded >= 10 || handle.data.phase === 'ended');
    const at = performance.now();
    handle.cancel();
    const data = await handle.ended;
    return { data, tookMs: performance.now() - at };
  }

  const values = (data: RunData): unknown[] => data.results!.map((result) => ('value' in result ? result.value : result.preview));
  const failedTasks = (data: RunData): number[] => data.errors.map(({ index }) => index);

  describe(`${kit.name} runner`, function () {
    this.timeout(60_000);

    afterEach('no process is left', async () => {
      await eventually('all processes of the run are gone', 3_000, () => kit.processes().length === 0);
    });
    after(() => kit.dispose());

    describe('runs', () => {
      for (const model of kit.models) {
        it(`all inputs under ${model}, with results in order`, async () => {
          const data = await run('sleep', { model, inputs: kit.numbers(30), concurrency: 4, wantResults: true });
          assert.equal(data.outcome, 'completed', data.message ?? '');
          assert.deepEqual(data.counts, { tasks: 30, succeeded: 30, failed: 0, cancelled: 0 });
          assert.deepEqual(values(data), Array.from({ length: 30 }, (_, i) => i));
          assert.equal(data.records.length, 30);
        });
      }

      it('an iterator, without knowing how many there are', async () => {
        const data = await run('identity', { inputs: kit.iterator(5_000), wantResults: true });
        assert.deepEqual(data.counts, { tasks: 5_000, succeeded: 5_000, failed: 0, cancelled: 0 });
        assert.deepEqual(values(data).slice(0, 3), [0, 1, 2]);
        assert.equal(data.results!.length, 5_000);
      });

      it('lists spread over the parameters', async () => {
        const data = await run('addTwo', { inputs: kit.pairs(10), wantResults: true });
        assert.deepEqual(values(data), Array.from({ length: 10 }, (_, i) => i + i * 10));
      });

      it('no inputs at all', async () => {
        const data = await run('identity', { inputs: kit.numbers(0) });
        assert.equal(data.outcome, 'completed');
        assert.deepEqual(data.counts, { tasks: 0, succeeded: 0, failed: 0, cancelled: 0 });
      });

      it('chunks of the size that was asked for', async () => {
        const data = await run('identity', { inputs: kit.numbers(100), chunk: 7, wantResults: true });
        assert.equal(data.counts.succeeded, 100);
        // A chunk's transfer is carried by its first task alone: at most one task in seven has any.
        let carriers = 0;
        for (const { columns, length } of data.records.blocks()) {
          for (let i = 0; i < length; i++) if (columns.transferIn[i]! > 0) carriers++;
        }
        assert.ok(carriers <= Math.ceil(100 / 7), `${carriers} tasks carry a transfer`);
      });
    });

    describe('measures', () => {
      it('times that fit together: tasks lie within the run and do not overlap in a lane', async () => {
        const data = await run('spin', { inputs: kit.numbers(60) });
        const ends = new Map<number, number>();
        for (const { columns, length } of data.records.blocks()) {
          for (let i = 0; i < length; i++) {
            const worker = columns.worker[i]!;
            const start = columns.start[i]!;
            const end = start + columns.compute[i]! + columns.wait[i]! + columns.runQueue[i]!;
            assert.ok(start >= (ends.get(worker) ?? 0) - 0.01, `task ${columns.id[i]} starts before the one ahead of it ends`);
            assert.ok(end <= data.wallMs + 0.01);
            ends.set(worker, end);
          }
        }
        assert.equal(ends.size, 2);
      });

      it('waiting apart from computing', async function () {
        // On a crowded machine even a loop waits, for memory that was taken from it.
        this.retries(2);
        const spun = await run('spin', { inputs: kit.numbers(80) });
        if (!spun.splitKnown) this.skip();
        const slept = await run('sleep', { inputs: kit.numbers(80) });
        assert.ok(share(spun, 'wait') < 0.3, `spinning waited ${share(spun, 'wait')}`);
        assert.ok(share(slept, 'wait') > 0.6, `sleeping waited ${share(slept, 'wait')}`);
      });

      it('the cores, and what of them was ours', async () => {
        const data = await run('spin', { inputs: kit.numbers(200) });
        assert.ok(data.cores.samples.length >= 2);
        assert.equal(data.cores.cores, data.environment!.cores);
        const ours = data.cores.samples.flatMap((sample) => sample.ours);
        if (process.platform === 'linux') assert.ok(ours.some((part) => part > 0.2), 'our own work is seen');
        for (const { busy } of data.cores.samples) for (const part of busy) assert.ok(part >= 0 && part <= 1);
      });

      it('workers from start to end', async () => {
        const data = await run('spin', { inputs: kit.numbers(60) });
        assert.equal(data.workers.length, 2);
        for (const worker of data.workers) {
          assert.ok(worker.readyAt! >= worker.spawnedAt);
          assert.ok(worker.endedAt! >= worker.readyAt!);
          if (data.splitKnown) assert.ok(worker.onCpuMs! > 0);
        }
      });
    });

    describe('tells failures by task', () => {
      it('a throw, with its cause and the lines of the user [3]', async () => {
        const data = await run('throwAtSeven');
        assert.equal(data.outcome, 'completed');
        assert.deepEqual(data.counts, { tasks: 20, succeeded: 19, failed: 1, cancelled: 0 });
        const [error] = data.errors;
        assert.equal(error!.index, 7);
        assert.equal(error!.phase, 'run');
        assert.match(error!.message, /bad 7/);
        assert.match(error!.stack, /the reason/);
        assert.ok(error!.stack.includes(kit.file), error!.stack);
        assert.doesNotMatch(error!.stack, /runner|node:internal|piscina/);
      });

      it('null, objects and functions that are thrown [4]', async () => {
        const data = await run('throwNullAndObjects');
        assert.deepEqual(failedTasks(data), [7, 8, 9]);
        assert.match(data.errors[0]!.message, kit.thrown[0]);
        assert.match(data.errors[1]!.message, kit.thrown[1]);
        assert.equal(data.counts.succeeded, 17);
      });

      it('a task that ends its worker, and the pool is whole again [1]', async () => {
        const data = await run('exitAtSeven', { wantResults: true });
        assert.deepEqual(failedTasks(data), [7]);
        assert.match(data.errors[0]!.message, kit.exit);
        assert.equal(data.counts.succeeded, 19);
        assert.equal(values(data).length, 19);
      });

      it('an exit after a result: the result stands, the next task is not blamed [2]', async () => {
        for (const program of ['exitAfterResult', 'exitAfterResultOverlapping'] as const) {
          const data = await run(program, { wantResults: true, chunk: 1 });
          assert.deepEqual(data.errors, [], program);
          assert.equal(data.counts.succeeded, 20, program);
        }
      });

      it('a rejection that floats: the result stands, with a warning [5]', async () => {
        const data = await run('floatingRejection');
        assert.equal(data.counts.succeeded, 20);
        assert.ok(data.warnings.some((text) => /afloat/.test(text)), data.warnings.join('\n'));
      });

      it('endless recursion [15]', async () => {
        const data = await run('recurseAtSeven');
        assert.deepEqual(failedTasks(data), [7]);
        assert.match(data.errors[0]!.name, /RangeError|RecursionError/);
      });

      it('memory that grows in the heap and outside it, with the limit [6]', async () => {
        for (const [program, memoryMb] of [['growHeapAtSeven', 320], ['growBuffersAtSeven', 600]] as const) {
          const data = await run(program, { memoryMb });
          assert.deepEqual(failedTasks(data), [7], program);
          assert.match(data.errors[0]!.message, new RegExp(`${memoryMb} MB`));
          assert.equal(data.counts.succeeded, 19, program);
        }
      });

      it('an argument that cannot be sent: which, where in it, and what to do [12]', async () => {
        const data = await run('identity', { inputs: kit.unsendable.inputs });
        assert.deepEqual(failedTasks(data), [1]);
        assert.equal(data.errors[0]!.phase, 'send');
        assert.match(data.errors[0]!.message, kit.unsendable.path);
        assert.equal(data.counts.succeeded, 2);
      });

      it('results that cannot be sent, without running their code [13]', async () => {
        const data = await run('uncloneableResults');
        assert.deepEqual(failedTasks(data), [7, 8, 9, 10]);
        for (const { phase, message } of data.errors) {
          assert.equal(phase, 'receive');
          assert.match(message, /cannot be sent/);
        }
        assert.match(data.errors[0]!.message, kit.uncloneable);
      });

      it('results that are very large, as previews [14]', async () => {
        const data = await run('largeResults', { inputs: kit.numbers(3), wantResults: true });
        assert.equal(data.counts.succeeded, 3);
        const [small, text, list] = data.results!;
        assert.deepEqual(small, { index: 0, value: 0 });
        for (const large of [text!, list!]) {
          assert.ok('truncated' in large);
          assert.ok(large.preview.length <= 200);
        }
      });
    });

    describe('ends', () => {
      const endless = ['spinForEverAtSeven', 'regexBombAtSeven', 'blockForEverAtSeven'] as const;
      for (const program of endless) {
        it(`${program} when cancelled, and keeps what finished [7]`, async () => {
          const { data, tookMs } = await cancelled(program);
          assert.equal(data.outcome, 'cancelled');
          assert.ok(data.counts.succeeded >= 1 && data.counts.cancelled >= 1);
          assert.equal(data.counts.succeeded + data.counts.cancelled, 20);
          assert.equal(data.records.length, data.counts.succeeded);
          assert.ok(tookMs < 3_000, `took ${tookMs} ms`);
        });
      }

      it('a task that waits for a child process, and the child [8]', async () => {
        const { data, tookMs } = await cancelled('childForEverAtSeven');
        assert.equal(data.outcome, 'cancelled');
        assert.ok(tookMs < 5_000, `took ${tookMs} ms`);
      });

      it('a run that takes too long: timed out, not cancelled [9]', async () => {
        const data = await run('neverSettleAtSeven', { timeoutMs: 2_500 });
        assert.equal(data.outcome, 'failed');
        assert.match(data.message!, /Timed out after 2\.5 s/);
        assert.equal(data.timedOut, true);
        assert.ok(data.counts.succeeded >= 10);
      });

      it('once, however often it is cancelled and when [10]', async () => {
        const handle = kit.start('sleep', { model: kit.pool, workers: 2, inputs: kit.numbers(2_000) });
        await eventually('tasks begin', 10_000, () => handle.data.phase === 'running');
        handle.cancel();
        handle.cancel();
        const data = await handle.ended;
        assert.equal(data.outcome, 'cancelled');
        assert.equal(data.counts.succeeded + data.counts.cancelled, 2_000);
        handle.cancel();
        assert.equal(data.outcome, 'cancelled');
      });

      it('before it began', async () => {
        const handle = kit.start('identity', { model: kit.pool, workers: 2, inputs: twenty });
        handle.cancel();
        const data = await handle.ended;
        assert.equal(data.outcome, 'cancelled');
        assert.equal(data.counts.succeeded, 0);
      });

      it('in one final state, whoever wins the race of cancel and finish [11]', async () => {
        for (let i = 0; i < 12; i++) {
          const handle = kit.start('identity', { model: kit.pool, workers: 2, inputs: kit.numbers(50) });
          setTimeout(() => handle.cancel(), 40 + i * 15);
          const data = await handle.ended;
          const { tasks, succeeded, failed, cancelled: left } = data.counts;
          assert.ok(data.outcome === 'completed' || data.outcome === 'cancelled', `${data.outcome}: ${data.message}`);
          assert.equal(succeeded + failed + left, tasks);
          if (data.outcome === 'completed') assert.equal(succeeded, 50);
        }
      });
    });

    describe('survives', () => {
      for (const program of ['killRunnerAtSeven', 'crashRunnerAtSeven'] as const) {
        it(`${program}: says how it died and which tasks it had [16]`, async () => {
          const data = await run(program, { chunk: 1 });
          assert.equal(data.outcome, 'failed');
          assert.match(data.message!, /SIGKILL|SIGSEGV|SIGABRT/);
          assert.match(data.message!, /task/);
          assert.ok(failedTasks(data).includes(7), `blames ${failedTasks(data).join(', ')}`);
        });
      }

      it('a runner that was stopped: tells that it does not respond, and can be ended [17]', async function () {
        if (process.platform !== 'linux') this.skip();
        const handle = kit.start('spinForEverAtSeven', { model: kit.pool, workers: 2, inputs: twenty });
        await eventually('tasks end', 20_000, () => handle.data.counts.succeeded > 0);
        let silentAfter: number | null = null;
        const stoppedAt = performance.now();
        handle.onUnresponsive(() => (silentAfter ??= performance.now() - stoppedAt));
        const before = handle.data.counts.succeeded;
        for (const pid of kit.processes()) process.kill(pid, 'SIGSTOP');
        await eventually('it is told that the runner does not respond', 12_000, () => silentAfter !== null);
        assert.ok(silentAfter! > 2_000 && silentAfter! <= 10_000, `told after ${silentAfter} ms`);
        handle.cancel();
        const data = await handle.ended;
        assert.equal(data.outcome, 'cancelled');
        assert.ok(data.counts.succeeded >= before);
      });

      it('a module that ends its worker whenever it is loaded [18]', async () => {
        const data = await run('exitAtLoad');
        assert.equal(data.outcome, 'failed');
        assert.match(data.message!, /3 times/);
        assert.equal(data.counts.succeeded, 0);
      });

      it('a module that throws when it is loaded [19]', async () => {
        const data = await run('throwAtLoad');
        assert.equal(data.outcome, 'failed');
        assert.match(data.message!, /top level/);
        assert.equal(data.errors[0]!.phase, 'load');
        assert.ok(data.errors[0]!.stack.includes(kit.file));
      });

      it('a module that never ends to load [20]', async () => {
        const data = await run('loopAtLoad', { startMs: 1_500 });
        assert.equal(data.outcome, 'failed');
        assert.match(data.message!, /took more than 1\.5 s/);
        assert.equal(data.timedOut, false, 'The limit of the run was not what ended it.');
      });

      it('output, by task where it is known [26]', async () => {
        const data = await run('printLines', { inputs: kit.numbers(4) });
        const lines = data.output.lines.filter(({ text }) => text !== '');
        for (let i = 0; i < 4; i++) {
          assert.ok(lines.some(({ text, task, stream }) => text === `out ${i}` && task === i && stream === 'stdout'), `out ${i}`);
          assert.ok(lines.some(({ text, task, stream }) => text === `err ${i}` && task === i && stream === 'stderr'), `err ${i}`);
        }
      });

      for (const program of ['floodOutput', 'floodRawOutput'] as const) {
        it(`${program}: keeps a part, counts the rest [26]`, async () => {
          const data = await run(program, { inputs: kit.numbers(10) });
          assert.equal(data.counts.succeeded, 10, data.message ?? JSON.stringify(data.errors[0]));
          assert.ok(data.output.dropped > 1e6);
          const kept = data.output.lines.reduce((sum, { text }) => sum + text.length, 0);
          assert.ok(kept <= 2e6, `${kept} characters kept`);
        });
      }

      it('forged messages: plain output, or nothing [27]', async () => {
        const data = await run('forgeMessages', { inputs: kit.numbers(4), wantResults: true });
        assert.equal(data.outcome, 'completed');
        assert.deepEqual(values(data), [0, 1, 2, 3]);
        assert.ok(data.output.lines.some(({ text }) => text.includes('"ended"')));
      });

      it('foreign bytes on the channel: a clear error, nothing else [29]', async () => {
        const data = await run('foreignBytes', { inputs: kit.numbers(2) });
        // Where each task has a channel of its own, it is the task that fails.
        const messages = [data.message ?? '', ...data.errors.map(({ message }) => message)];
        assert.ok(messages.some((message) => /no message of ours/.test(message)), messages.join('\n'));
        assert.equal(data.counts.succeeded, 0);
      });

      it('reading from standard input: it is at its end [28]', async () => {
        const data = await run('readStdin', { inputs: kit.numbers(2), wantResults: true });
        assert.deepEqual(values(data), [0, 0]);
      });

      it('a pool inside a task [33]', async () => {
        const data = await run('nestedPool', { inputs: kit.numbers(4), wantResults: true });
        assert.deepEqual(values(data), [0, 1, 4, 9], JSON.stringify(data.errors[0]));
      });

      it('100,000 queued tasks and 1,000,000 of an iterator with flat memory [30]', async () => {
        const listed = await run('identity', { inputs: kit.numbers(100_000) });
        assert.equal(listed.counts.succeeded, 100_000);
        const streamed = await run('identity', { inputs: kit.iterator(1_000_000) });
        assert.equal(streamed.counts.succeeded, 1_000_000);
        assert.equal(streamed.records.length, 1_000_000);
        // A runner with two workers and nothing to do takes 80 to 100 MB of this.
        assert.ok(streamed.peakMemoryMb! < 250, `${streamed.peakMemoryMb} MB`);
      });
    });

    it('runs the new code after an edit [34]', async () => {
      for (const answer of [1, 2]) {
        const data = await kit.start({ text: kit.returns(answer) }, { model: kit.pool, workers: 1, inputs: kit.numbers(2), wantResults: true }).ended;
        assert.deepEqual(values(data), [answer, answer]);
      }
    });
  });
}

/** The share of a column in the time that tasks spent on a core or waiting, which the crowd on the machine does not change. */
function share(data: RunData, column: 'wait' | 'compute'): number {
  let part = 0;
  let all = 0;
  for (const { columns, length } of data.records.blocks()) {
    for (let i = 0; i < length; i++) {
      part += columns[column][i]!;
      all += columns.compute[i]! + columns.wait[i]!;
    }
  }
  return part / all;
}
