import assert from 'node:assert/strict';
import { RunHistory } from '../../../src/host/history';
import { RunData } from '../../../src/profile/run-data';
import { allocateColumns } from '../../../src/protocol/columns';
import type { Plan, Target } from '../../../src/protocol/target';
import { memoryStore } from './memory-store';

const target: Target = { language: 'javascript', file: '/w/a.js', function: 'f', line: 1, column: 10 };
const inputs = { kind: 'repeat', times: 3 } as const;
const plan: Plan = { model: 'threads', workers: 2, concurrency: 1, chunk: 'auto', tasks: 3 };
const request = { target, inputs, plan: { model: 'threads', workers: undefined } } as const;

const runOf = (id: string) => new RunData(id, 1_700_000_000_000, target, inputs, plan);

function ended(id: string, records = 0): RunData {
  const run = runOf(id);
  run.outcome = 'completed';
  run.wallMs = 12;
  if (records > 0) run.records.append(allocateColumns(records).columns, records);
  return run;
}

describe('history of runs', () => {
  it('has the newest first, each once', async () => {
    const history = new RunHistory(memoryStore(), () => 50);
    const a = runOf('a');
    await history.note(request, a, null);
    await history.note(request, ended('b'), null);
    a.outcome = 'cancelled';
    await history.note(request, a, null);
    assert.deepEqual(
      history.entries.map(({ id, outcome }) => [id, outcome]),
      [
        ['b', 'completed'],
        ['a', 'cancelled'],
      ],
    );
    assert.equal(history.latest?.id, 'b');
  });

  it('outlives the window in a line each, and says which run was interrupted', async () => {
    const store = memoryStore();
    const before = new RunHistory(store, () => 50);
    await before.note(request, ended('a'), null);
    await before.note(request, runOf('b'), null);
    const after = new RunHistory(store, () => 50);
    assert.deepEqual(
      after.entries.map(({ id, outcome, wallMs }) => [id, outcome, wallMs]),
      [
        ['b', 'interrupted', 0],
        ['a', 'completed', 12],
      ],
    );
    assert.deepEqual(after.entries[1]!.plan, { model: 'threads' });
    assert.equal(after.data('a'), undefined);
    assert.equal(after.latest, undefined);
  });

  it('keeps inputs of any length while the window is open, and short ones after that', async () => {
    const store = memoryStore();
    const history = new RunHistory(store, () => 50);
    const long = { kind: 'expression', text: `[${'1,'.repeat(20_000)}]` } as const;
    await history.note(request, new RunData('a', 0, target, long, plan), null);
    assert.equal(history.entries[0]!.inputs, long);
    assert.equal(new RunHistory(store, () => 50).entries[0]!.inputs, null);
  });

  it('begins anew where the state is not ours to read', () => {
    const store = memoryStore();
    store.texts.set('corewise.history', '[{"id": 1}]');
    assert.deepEqual(new RunHistory(store, () => 50).entries, []);
  });

  it('keeps to its limit', async () => {
    const history = new RunHistory(memoryStore(), () => 2);
    for (const id of ['a', 'b', 'c']) await history.note(request, ended(id), null);
    assert.deepEqual(history.entries.map(({ id }) => id), ['c', 'b']);
    assert.equal(history.data('a'), undefined);
  });

  it('lets the data of old runs go where they would take too much memory, and always keeps the newest', async () => {
    const history = new RunHistory(memoryStore(), () => 50);
    const half = 1 << 20;
    await history.note(request, ended('old', half), null);
    await history.note(request, ended('mid', half), null);
    assert.ok(history.data('old') && history.data('mid'));
    await history.note(request, ended('new', 3 * half), null);
    assert.deepEqual(history.runs.map(({ id }) => id), ['new']);
    assert.equal(history.entries.length, 3);
  });

  it('tells of changes until nobody listens', async () => {
    const history = new RunHistory(memoryStore(), () => 50);
    let heard = 0;
    const listening = history.onChange(() => heard++);
    await history.note(request, ended('a'), null);
    listening.dispose();
    await history.note(request, ended('b'), null);
    assert.equal(heard, 1);
  });
});
