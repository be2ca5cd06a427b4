import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OutputLog } from '../../../src/profile/output-log';
import { InFlight } from '../../../src/session/in-flight';
import { LineSplitter } from '../../../src/session/line-splitter';
import { resolvePlan } from '../../../src/session/plan';

describe('LineSplitter', () => {
  it('gives the same lines however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 7 }), (text, size) => {
        const lines: string[] = [];
        const splitter = new LineSplitter((line) => lines.push(line), () => assert.fail('dropped'));
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length; at += size) splitter.push(bytes.subarray(at, at + size));
        splitter.end();
        const expected = bytes.toString('utf8').split('\n');
        if (expected.at(-1) === '') expected.pop();
        const whole = expected.map((line, i) => (i < bytes.toString('utf8').split('\n').length - 1 && line.endsWith('\r') ? line.slice(0, -1) : line));
        assert.deepEqual(lines, whole);
      }),
    );
  });

  it('cuts a line without an end, and counts a flood', () => {
    let dropped = 0;
    const lines: string[] = [];
    const splitter = new LineSplitter((line) => lines.push(line), (bytes) => (dropped += bytes));
    for (let i = 0; i < 100; i++) splitter.push(Buffer.alloc(1 << 16, 0x41));
    splitter.end();
    assert.ok(lines.every((line) => line.length <= (1 << 17)));
    assert.equal(dropped + lines.reduce((sum, line) => sum + line.length, 0), 100 << 16);
    assert.ok(dropped > 50 << 16);
  });
});

describe('OutputLog', () => {
  it('keeps the newest within its bound and counts the rest', () => {
    const log = new OutputLog(1000);
    for (let i = 0; i < 1000; i++) log.append({ stream: 'stdout', task: i, text: `line ${i}` });
    assert.equal(log.lines.at(-1)!.text, 'line 999');
    const kept = log.lines.reduce((sum, { text }) => sum + text.length + 1, 0);
    assert.ok(kept <= 1250);
    const all = Array.from({ length: 1000 }, (_, i) => `line ${i}`.length + 1).reduce((a, b) => a + b);
    assert.equal(kept + log.dropped, all);
  });
});

describe('InFlight', () => {
  it('knows which tasks were with workers', () => {
    const inFlight = new InFlight();
    inFlight.sent([0, 1, 1, 5, 6, 1]);
    inFlight.answered([0]);
    assert.deepEqual(inFlight.certain(), [6]);
    assert.equal(inFlight.describe(), ' while tasks 1 to 5, 6 were with its workers');
    inFlight.answered([1]);
    assert.equal(inFlight.describe(), ' while task 6 was with its workers');
    inFlight.answered([6]);
    assert.equal(inFlight.describe(), '');
  });
});

describe('resolvePlan', () => {
  it('fills in what is open', () => {
    assert.deepEqual(resolvePlan({ model: 'threads' }, 3.5, 'typescript'), { model: 'threads', workers: 3, concurrency: 1, chunk: 'auto', tasks: null });
    assert.deepEqual(resolvePlan({ model: 'sequential', workers: 9 }, 4, 'python'), { model: 'sequential', workers: 1, concurrency: 1, chunk: 'auto', tasks: null });
    assert.equal(resolvePlan({ model: 'threads' }, 0.5, 'javascript').workers, 1);
    assert.equal(resolvePlan({ model: 'hybrid', concurrency: 3, workers: 2, chunk: 5 }, 4, 'javascript').chunk, 5);
  });
  it('refuses numbers and models that make no sense', () => {
    for (const request of [{ workers: 0 }, { workers: 1.5 }, { workers: 1e6 }, { chunk: 0 }] as const) {
      assert.throws(() => resolvePlan({ model: 'threads', ...request }, 4, 'javascript'), { name: 'HumanError' });
    }
    assert.throws(() => resolvePlan({ model: 'processes' }, 4, 'typescript'), /no model "processes"/);
    assert.throws(() => resolvePlan({ model: 'cluster' as never }, 4, 'python'), /Python has no model "cluster"/);
  });

  it('starts processes in Python alone, and in models that have some', () => {
    assert.deepEqual(resolvePlan({ model: 'processes', startMethod: 'spawn' }, 2, 'python'), {
      model: 'processes',
      workers: 2,
      concurrency: 1,
      chunk: 'auto',
      startMethod: 'spawn',
      tasks: null,
    });
    assert.equal(resolvePlan({ model: 'interpreters' }, 3, 'python').workers, 3);
    assert.throws(() => resolvePlan({ model: 'threads', startMethod: 'spawn' }, 2, 'python'), /starts no processes/);
    assert.throws(() => resolvePlan({ model: 'hybrid', startMethod: 'fork' }, 2, 'javascript'), /starts no processes/);
  });
});
