import assert from 'node:assert/strict';
import { count, duration, grouped, memory, percent, times } from '../../../src/profile/words';

describe('figures in words', () => {
  for (const [ms, text] of [
    [0, '0 ms'],
    [0.000_05, '50.0 ns'],
    [0.004_85, '4.85 µs'],
    [0.485, '485 µs'],
    [0.9996, '1.00 ms'],
    [5.481, '5.48 ms'],
    [99.96, '100 ms'],
    [999.4, '999 ms'],
    [999.6, '1.00 s'],
    [3630, '3.63 s'],
    [23_900, '23.9 s'],
    [119_000, '119 s'],
    [125_400, '2 min 5 s'],
    [179_700, '3 min 0 s'],
  ] as const) {
    it(`says ${text}`, () => assert.equal(duration(ms), text));
  }

  it('says shares, factors, memory and numbers', () => {
    assert.deepEqual([0, 0.004, 0.0995, 0.824, 1].map(percent), ['0 %', '0.4 %', '10 %', '82 %', '100 %']);
    assert.deepEqual([0, 0.003, 0.5, 6.567, 12.34, 128].map(times), ['0.00×', '<0.01×', '0.50×', '6.57×', '12.3×', '128×']);
    assert.deepEqual([7.5, 812, 2000].map(memory), ['7.50 MB', '812 MB', '1.95 GB']);
    assert.deepEqual([1, 999, 48_000, 1_234_567].map(grouped), ['1', '999', '48,000', '1,234,567']);
    assert.deepEqual([count(1, 'task'), count(2000, 'task'), count(2, 'core', 'Kerne')], ['1 task', '2,000 tasks', '2 Kerne']);
  });
});
