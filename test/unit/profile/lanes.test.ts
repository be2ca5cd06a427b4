import assert from 'node:assert/strict';
import { Lanes } from '../../../src/profile/lanes';
import { recordsOf } from '../../made-up/records';

describe('lanes', () => {
  it('come by worker, then by slot', () => {
    const lanes = new Lanes();
    lanes.append(
      recordsOf([
        { start: 0, worker: 3 },
        { start: 0, worker: 1, slot: 2 },
        { start: 0, worker: 1 },
      ]),
      3,
    );
    assert.deepEqual(lanes.all.map(({ worker, slot }) => [worker, slot]), [[1, 0], [1, 2], [3, 0]]);
    assert.equal(lanes.tasks, 3);
  });

  it('show start-ups in every lane of a worker, with a lane for a worker that has no task as yet', () => {
    const lanes = new Lanes();
    lanes.append(recordsOf([{ start: 40, worker: 1 }, { start: 50, worker: 1, slot: 1 }]), 2);
    lanes.setStartUps(
      new Map([
        [0, { from: 2, readyAt: 60 }],
        [1, { from: 0, readyAt: 30 }],
      ]),
    );
    assert.deepEqual(
      lanes.all.map(({ worker, slot, startUpFrom, startUpTo }) => [worker, slot, startUpFrom, startUpTo]),
      [[0, 0, 2, 60], [1, 0, 0, 30], [1, 1, 0, 30]],
    );
  });

  it('know when the first input was there', () => {
    const lanes = new Lanes();
    assert.equal(lanes.firstMade, Infinity);
    lanes.append(recordsOf([{ start: 40, transferIn: 3, queued: 5 }, { start: 50 }]), 2);
    assert.equal(lanes.firstMade, 32);
  });

  it('find a task by its index', () => {
    const lanes = new Lanes();
    lanes.append(recordsOf([{ start: 0, id: 7 }, { start: 0, id: 9, worker: 1 }, { start: 4, id: 8, worker: 1 }]), 3);
    assert.deepEqual(lanes.find(8), { lane: 1, index: 1 });
    assert.equal(lanes.find(6), null);
  });

  it('lose nothing when they give back room', () => {
    const lanes = new Lanes({ tasks: 1000, lanes: 2 });
    lanes.append(recordsOf([{ start: 1, compute: 2 }, { start: 5, compute: 3 }]), 2);
    lanes.trim();
    assert.equal(lanes.all[0]!.start.length, 2);
    lanes.append(recordsOf([{ start: 9, compute: 4 }]), 1);
    assert.equal(lanes.all[0]!.bodyEnd(2), 13);
  });
});
