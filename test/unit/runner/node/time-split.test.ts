import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TimeSplit } from '../../../../src/runner/node/thread/time-split';

/** A thread under a scheduler that accounts CPU time at ticks and when the thread leaves its core, as Linux does. */
class SimulatedThread {
  now = 0;
  #onCpu = 0;
  #accounted = 0;
  #runQueue = 0;
  #slices = 1;
  #yields = 0;

  constructor(private readonly tick: number) {}

  readonly meter = Object.assign(() => ({ onCpu: this.#accounted, runQueue: this.#runQueue, slices: this.#slices }), {
    yields: () => this.#yields,
  });

  run(ms: number): void {
    const end = this.now + ms;
    const ticked = Math.floor(end / this.tick) * this.tick;
    if (ticked > this.now) this.#accounted = this.#onCpu + (ticked - this.now);
    this.#onCpu += ms;
    this.now = end;
  }

  block(ms: number): void {
    this.#leave();
    this.#yields++;
    this.now += ms;
  }

  /** The host of a virtual machine runs somebody else: nothing accounts for it. */
  steal(ms: number): void {
    this.#leave();
    this.now += ms;
  }

  queue(ms: number): void {
    this.#leave();
    this.#runQueue += ms;
    this.now += ms;
  }

  #leave(): void {
    this.#accounted = this.#onCpu;
    this.#slices++;
  }
}

const lag = 4;

describe('TimeSplit', () => {
  it('calls a pure loop on-CPU, whatever the length of its tasks', () => {
    for (const length of [0.3, 1, 2, 3.9, 4, 7, 50]) {
      const thread = new SimulatedThread(lag);
      const split = new TimeSplit(thread.meter, thread.now, lag);
      for (let i = 0; i < 50; i++) {
        thread.run(length);
        const { onCpu, blocked } = split.stretch(thread.now, false);
        assert.ok(Math.abs(onCpu - length) < 1e-9, `${length} ms: ${onCpu} on CPU, ${blocked} blocked`);
      }
    }
  });

  it('calls awaited sleeps blocked', () => {
    const thread = new SimulatedThread(lag);
    const split = new TimeSplit(thread.meter, thread.now, lag);
    for (let i = 0; i < 20; i++) {
      thread.run(0.05);
      thread.block(3);
      thread.run(0.02);
      const { blocked } = split.stretch(thread.now, true);
      assert.ok(blocked > 2.9, `${blocked} blocked`);
    }
  });

  it('misses at most the lag of what is blocked inside a plain call', () => {
    const thread = new SimulatedThread(lag);
    const split = new TimeSplit(thread.meter, thread.now, lag);
    let blocked = 0;
    for (let i = 0; i < 20; i++) {
      thread.block(3);
      thread.run(1);
      blocked += split.stretch(thread.now, false).blocked;
    }
    assert.ok(blocked <= 60 && blocked >= 60 - lag, `${blocked} of 60`);
  });

  it('tells a crowded machine from waiting', () => {
    const thread = new SimulatedThread(lag);
    const split = new TimeSplit(thread.meter, thread.now, lag);
    let all = { onCpu: 0, runQueue: 0, blocked: 0 };
    for (let i = 0; i < 100; i++) {
      thread.run(1.3);
      thread.queue(2);
      thread.run(0.7);
      const { onCpu, runQueue, blocked } = split.stretch(thread.now, false);
      all = { onCpu: all.onCpu + onCpu, runQueue: all.runQueue + runQueue, blocked: all.blocked + blocked };
    }
    assert.ok(Math.abs(all.onCpu - 200) <= lag, `${all.onCpu} on CPU of 200`);
    assert.ok(Math.abs(all.runQueue - 200) < 1e-9);
    assert.ok(all.blocked <= lag);
  });

  it('calls stolen time a wait for a core, not a wait for something', () => {
    const thread = new SimulatedThread(lag);
    const split = new TimeSplit(thread.meter, thread.now, lag);
    let all = { runQueue: 0, blocked: 0 };
    for (let i = 0; i < 20; i++) {
      thread.run(1);
      thread.steal(10);
      thread.run(1);
      const { runQueue, blocked } = split.stretch(thread.now, false);
      all = { runQueue: all.runQueue + runQueue, blocked: all.blocked + blocked };
    }
    assert.equal(all.blocked, 0);
    assert.ok(all.runQueue >= 200 - lag, `${all.runQueue} of 200`);
  });

  it('leaves out what lies between tasks', () => {
    const thread = new SimulatedThread(lag);
    const split = new TimeSplit(thread.meter, thread.now, lag);
    let onCpu = 0;
    for (let i = 0; i < 50; i++) {
      if (i % 2) thread.block(5);
      else thread.run(1.7);
      split.skip(thread.now);
      thread.run(2.1);
      onCpu += split.stretch(thread.now, false).onCpu;
    }
    assert.ok(Math.abs(onCpu - 105) <= lag, `${onCpu} of 105`);
  });

  it('accounts for every stretch, and errs over a run by no more than the lag, once each way', () => {
    const step = fc.record({ kind: fc.constantFrom('run', 'block', 'queue'), ms: fc.double({ min: 0.01, max: 20, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 30 }), (tasks) => {
        const thread = new SimulatedThread(lag);
        const split = new TimeSplit(thread.meter, thread.now, lag);
        const truth = { run: 0, block: 0, queue: 0 };
        const told = { onCpu: 0, runQueue: 0, blocked: 0 };
        for (const task of tasks) {
          const start = thread.now;
          for (const { kind, ms } of task) {
            thread[kind as 'run'](ms);
            truth[kind as 'run'] += ms;
          }
          const { onCpu, runQueue, blocked } = split.stretch(thread.now, false);
          assert.ok(Math.abs(onCpu + runQueue + blocked - (thread.now - start)) < 1e-6);
          assert.ok(onCpu >= -1e-9 && runQueue >= 0 && blocked >= 0);
          told.onCpu += onCpu;
          told.runQueue += runQueue;
          told.blocked += blocked;
        }
        // What comes to light late, in a stretch that did not wait itself, counts as a wait for a core.
        assert.ok(told.runQueue >= truth.queue - 1e-6 && told.runQueue <= truth.queue + lag + 1e-6);
        assert.ok(told.blocked <= truth.block + 1e-6, `blocked ${told.blocked} of ${truth.block}`);
        assert.ok(told.blocked >= truth.block - 2 * lag - 1e-6, `blocked ${told.blocked} of ${truth.block}`);
      }),
      { numRuns: 500 },
    );
  });
});
