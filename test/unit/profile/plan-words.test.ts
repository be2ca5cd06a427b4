import assert from 'node:assert/strict';
import { planText, workersText } from '../../../src/profile/plan-words';

const plan = (model: Parameters<typeof planText>[0]['model'], workers: number, concurrency = 1, startMethod?: string) => ({
  ...{ model, workers, concurrency },
  ...(startMethod === undefined ? {} : { startMethod }),
});

describe('a plan in words', () => {
  it('says what JavaScript’s workers are', () => {
    assert.equal(planText(plan('threads', 8), 'typescript'), '8 worker threads');
    assert.equal(planText(plan('sequential', 1), 'javascript'), '1 worker thread, one call after the other');
    assert.equal(planText(plan('gather', 1, 16), 'javascript'), '1 worker thread, an event loop with 16 calls at once');
    assert.equal(planText(plan('hybrid', 2, 16), 'javascript'), '2 worker threads, an event loop in each with 16 calls at once');
  });

  it('says what Python’s workers are', () => {
    assert.equal(planText(plan('sequential', 1), 'python'), '1 process, one call after the other');
    assert.equal(planText(plan('gather', 1, 16), 'python'), '1 process, an event loop with 16 calls at once');
    assert.equal(planText(plan('threads', 4), 'python'), '4 threads of one process');
    assert.equal(planText(plan('processes', 2, 1, 'spawn'), 'python'), '2 processes (spawn)');
    assert.equal(planText(plan('hybrid', 2, 16, 'forkserver'), 'python'), '2 processes (forkserver), an event loop in each with 16 calls at once');
    assert.equal(planText(plan('interpreters', 2), 'python'), '2 interpreters in one process');
    assert.equal(workersText(plan('processes', 1), 'python'), '1 process');
  });
});
