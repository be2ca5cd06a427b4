import assert from 'node:assert/strict';
import { parseCoreTimes } from '../../../../../src/runner/node/monitor/core-times';

describe('parseCoreTimes', () => {
  it('reads each core, not their sum: waiting for a disk is idle, time that the host took is busy', () => {
    const stat = ['cpu  40 0 0 0 0 0 0 0 0 0', 'cpu0 10 1 5 100 20 2 3 4 7 0', 'cpu1 30 0 0 50 0 0 0 0 0 0', 'intr 1 2 3', ''].join('\n');
    assert.deepEqual(parseCoreTimes(stat), [
      { busy: 25, idle: 120 },
      { busy: 30, idle: 50 },
    ]);
  });

  it('takes old kernels that tell less', () => {
    assert.deepEqual(parseCoreTimes('cpu0 1 2 3 4\n'), [{ busy: 6, idle: 4 }]);
  });
});
