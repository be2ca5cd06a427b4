import assert from 'node:assert/strict';
import { closingLine, sum } from '../../../scripts/testing/report.mjs';

describe('the closing line', () => {
  it('adds the suites up', () => {
    const counts = sum({ passed: 2, failed: 0, skipped: 0 }, { passed: 3, failed: 1, skipped: 0 });
    assert.equal(closingLine(counts), '5 passed, 1 failed');
  });

  it('names what was skipped, if anything', () => {
    assert.equal(closingLine({ passed: 1, failed: 0, skipped: 2 }), '1 passed, 0 failed, 2 skipped');
  });
});
