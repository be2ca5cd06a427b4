import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RunProgress } from '../../../src/protocol/panel';
import { nextExtent, shareDone, timeLeft } from '../../../src/webview/layout/extent';
import { coreRows, laneRows, rowAt, rowsInSight, rowTop, scrolledTo } from '../../../src/webview/layout/rows';
import { around, isWhole, panned, showing, within, zoomed } from '../../../src/webview/layout/span';
import { scrollToRow, virtualRows } from '../../../src/webview/layout/virtual-rows';
import { tickLabel } from '../../../src/webview/paint/paint-axis';

const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('the visible stretch of time', () => {
  const span = fc.tuple(share, share).map(([a, b]) => within({ from: Math.min(a, b) * 1000, to: Math.max(a, b) * 1000 }, 1000));
  const isInside = ({ from, to }: { from: number; to: number }): boolean => from >= 0 && to <= 1000 + 1e-9 && to > from;

  it('stays inside the run, however it is moved', () => {
    fc.assert(
      fc.property(span, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), share, fc.double({ min: -5, max: 5, noNaN: true }), (view, factor, at, by) => {
        assert.ok(isInside(zoomed(view, factor, at, 1000)));
        assert.ok(isInside(panned(view, by, 1000)));
        assert.ok(isInside(around(view.from, view.to, factor, 1000)));
        assert.ok(isInside(showing(view, at * 1000, at * 1000 + 1, 1000)));
      }),
    );
  });

  it('keeps the moment under the pointer where it is while it zooms', () => {
    const view = zoomed({ from: 200, to: 400 }, 0.5, 0.25, 1000);
    assert.deepEqual(view, { from: 225, to: 325 });
    assert.deepEqual(zoomed(view, 2, 0.25, 1000), { from: 200, to: 400 });
  });

  it('moves as little as it takes to show a task', () => {
    const view = { from: 100, to: 200 };
    assert.equal(showing(view, 120, 130, 1000), view);
    assert.deepEqual(showing(view, 195, 210, 1000), { from: 120, to: 220 });
    assert.deepEqual(showing(view, 50, 60, 1000), { from: 40, to: 140 });
    assert.deepEqual(showing(view, 300, 700, 1000), { from: 450, to: 550 });
  });

  it('knows when it is the whole run', () => {
    assert.equal(isWhole({ from: 0, to: 999.9 }, 1000), true);
    assert.equal(isWhole({ from: 0, to: 990 }, 1000), false);
  });
});

describe('rows of lanes', () => {
  it('are found by their place, and the gaps between them are nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), share, (count, at) => {
        const rows = laneRows(count);
        const row = Math.min(count - 1, Math.floor(at * count));
        assert.equal(rowAt(rows, rowTop(rows, row)), row);
        assert.equal(rowAt(rows, rowTop(rows, row) + rows.height), null);
        assert.equal(rowAt(rows, -1), null);
        assert.equal(rowAt(rows, rows.total + 1), null);
      }),
    );
  });

  it('scroll where there are many, and any one can be brought into sight', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), share, share, (count, at, from) => {
        const rows = laneRows(count);
        const row = Math.min(count - 1, Math.floor(at * count));
        const scrolled = scrolledTo(rows, row, from * (rows.total - rows.visible));
        const sight = rowsInSight(rows, scrolled);
        assert.ok(row >= sight.from && row < sight.to);
        assert.ok(rows.visible <= 410);
      }),
    );
  });

  it('of cores get lower the more there are', () => {
    assert.ok(coreRows(16).height > coreRows(17).height);
    assert.ok(coreRows(256).total <= 800);
  });
});

describe('a long table', () => {
  const table = fc.record({
    count: fc.integer({ min: 0, max: 5_000_000 }),
    viewport: fc.integer({ min: 50, max: 2000 }),
    at: share,
  });

  it('has rows over all of the viewport, wherever it is scrolled to', () => {
    fc.assert(
      fc.property(table, ({ count, viewport, at }) => {
        const { total } = virtualRows(count, 22, viewport, 0);
        const scrolled = at * Math.max(0, total - viewport);
        const rows = virtualRows(count, 22, viewport, scrolled);
        assert.ok(rows.total <= 15e6);
        const top = rows.offset - scrolled;
        const bottom = top + (rows.end - rows.first) * 22;
        if (count * 22 >= viewport) assert.ok(top <= 1e-3 && bottom >= viewport - 1e-3, `${top} to ${bottom} of ${viewport}`);
        else assert.deepEqual([rows.first, rows.end], [0, count]);
        assert.ok(rows.end - rows.first <= viewport / 22 + 11);
      }),
    );
  });

  it('can scroll to any row', () => {
    fc.assert(
      fc.property(table, share, ({ count, viewport, at }, target) => {
        fc.pre(count > 0);
        const row = Math.min(count - 1, Math.floor(target * count));
        const { total } = virtualRows(count, 22, viewport, 0);
        const scrolled = scrollToRow(row, count, 22, viewport, at * Math.max(0, total - viewport));
        const rows = virtualRows(count, 22, viewport, Math.min(Math.max(0, total - viewport), Math.max(0, scrolled)));
        assert.ok(row >= rows.first && row < rows.end);
      }),
    );
  });
});

describe('the end of the time axis', () => {
  const progress = (wallMs: number, done: number, total: number | null, phase: RunProgress['phase'] = 'running') =>
    ({ phase, wallMs, counts: { tasks: done, succeeded: done, failed: 0, cancelled: 0 }, plan: { tasks: total } }) as RunProgress;

  it('is the end of a run that has ended', () => {
    assert.equal(nextExtent(5000, progress(321, 10, 10, 'ended')), 321);
  });

  it('has room for what is expected, and stands still while that fits', () => {
    const first = nextExtent(100, progress(1000, 25, 100));
    assert.equal(first, 5000);
    assert.equal(nextExtent(first, progress(1200, 30, 100)), first);
    assert.ok(nextExtent(first, progress(2000, 20, 100)) > first);
  });

  it('always reaches the present', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 500, noNaN: true })), (steps) => {
        let wall = 0;
        let extent = 100;
        for (const step of steps) {
          wall += step;
          extent = nextExtent(extent, progress(wall, 0, null));
          assert.ok(extent >= wall);
        }
      }),
    );
  });

  it('is told from what was done so far', () => {
    assert.equal(timeLeft(progress(1000, 25, 100)), 3000);
    assert.equal(timeLeft(progress(1000, 25, null)), null);
    assert.equal(shareDone(progress(1000, 0, 100)), null);
    assert.equal(shareDone(progress(1000, 100, 100)), 1);
  });
});

describe('labels of the time axis', () => {
  const cases: [value: number, step: number, label: string][] = [
    [0, 100, '0'],
    [1500, 500, '1.5 s'],
    [2000, 1000, '2 s'],
    [1403, 1, '1,403 ms'],
    [12.25, 0.05, '12.25 ms'],
    [50, 50, '50 ms'],
    [0.0015, 0.0005, '1.5 µs'],
    [300, 100, '0.3 s'],
  ];
  for (const [value, step, label] of cases) it(label, () => assert.equal(tickLabel(value, step), label));
});
