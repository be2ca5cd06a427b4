import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CoreShares } from '../../../src/profile/core-shares';
import { coreBytes, coreColumnsOver } from '../../../src/protocol/core-columns';

interface Sample {
  readonly at: number;
  readonly span: number;
  readonly ours: readonly number[];
  readonly busy: readonly number[];
}

function sharesOf(samples: readonly Sample[], batch = samples.length): CoreShares {
  const cores = samples[0]?.busy.length ?? 0;
  const all = new CoreShares();
  for (let from = 0; from < samples.length; from += batch) {
    const some = samples.slice(from, from + batch);
    const columns = coreColumnsOver(new ArrayBuffer(coreBytes(some.length, cores)), some.length, cores);
    some.forEach(({ at, span, ours, busy }, i) => {
      columns.at[i] = at;
      columns.span[i] = span;
      columns.ours.set(ours, i * cores);
      columns.busy.set(busy, i * cores);
    });
    all.append(columns, some.length, cores);
  }
  return all;
}

const rounded = (values: Float32Array) => [...values].map((value) => Math.round(value * 1e4) / 1e4);

describe('core shares by column', () => {
  it('weigh samples by time, and tell ours from the others’', () => {
    const cores = sharesOf([
      { at: 10, span: 10, ours: [1, 0], busy: [1, 0.5] },
      { at: 20, span: 10, ours: [0.5, 0], busy: [0.7, 0] },
    ]);
    const rows = cores.columns(0, 20, 1);
    assert.deepEqual(rounded(rows.ours), [0.75, 0]);
    assert.deepEqual(rounded(rows.others), [0.1, 0.25]);
    assert.deepEqual(rounded(rows.watched), [1]);
    assert.deepEqual(rounded(cores.columns(5, 25, 2).ours), [0.75, 0.5, 0, 0]);
  });

  it('know nothing before, between and after the samples', () => {
    const cores = sharesOf([
      { at: 10, span: 5, ours: [1], busy: [1] },
      { at: 30, span: 10, ours: [0], busy: [1] },
    ]);
    const rows = cores.columns(0, 40, 4);
    assert.deepEqual(rounded(rows.watched), [0.5, 0, 1, 0]);
    assert.deepEqual(rounded(rows.ours), [1, 0, 0, 0]);
    assert.deepEqual(rounded(rows.others), [0, 0, 1, 0]);
  });

  it('count all as others’ where the system does not tell, and say so', () => {
    const cores = sharesOf([{ at: 10, span: 10, ours: [NaN], busy: [0.4] }]);
    assert.equal(cores.oursKnown, false);
    assert.deepEqual(rounded(cores.columns(0, 10, 1).others), [0.4]);
  });

  it('do not depend on how the samples were batched or the columns cut', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const sample = fc.record({ gap: share, span: fc.double({ min: 0.01, max: 5, noNaN: true }), ours: share, others: share });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 200 }), fc.integer({ min: 1, max: 70 }), (drawn, width) => {
        let at = 0;
        const samples = drawn.map(({ gap, span, ours, others }) => {
          at += gap + span;
          return { at, span, ours: [ours], busy: [Math.min(1, ours + others)] };
        });
        const whole = sharesOf(samples);
        const rows = sharesOf(samples, 7).columns(0, at, width);
        let ours = 0;
        for (let column = 0; column < width; column++) ours += ((rows.ours[column]! * rows.watched[column]!) / width) * at;
        const expected = samples.reduce((sum, { span, ours: own }) => sum + span * own[0]!, 0);
        assert.ok(Math.abs(ours - expected) < 1e-3 * Math.max(1, at), `${ours}, not ${expected}`);
        assert.deepEqual(rounded(whole.columns(0, at, width).ours), rounded(rows.ours));
      }),
    );
  });
});
