import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CopyStore } from '../../../../src/session/link/copy-store';
import { prune } from '../../../../src/session/link/pruning';

const now = Date.UTC(2026, 0, 31);
const day = 24 * 3600_000;
const limits = { age: 14 * day, size: 100, grace: 2 * day };

describe('pruning of linked modules', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'corewise-prune-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function put(name: string, ageInDays: number, bytes: number): void {
    const at = (now - ageInDays * day) / 1000;
    writeFileSync(join(folder, name), 'x'.repeat(bytes));
    utimesSync(join(folder, name), at, at);
  }
  const names = (): string[] => readdirSync(folder).sort();

  it('takes what is too old, and leaves the rest where there is room', async () => {
    put('ancient', 15, 1);
    put('old', 13, 1);
    put('new', 0, 1);
    assert.equal(await prune(folder, now, limits), 1);
    assert.deepEqual(names(), ['new', 'old']);
  });

  it('takes the oldest first where there is too much, until there is room', async () => {
    put('a', 9, 60);
    put('b', 8, 60);
    put('c', 7, 60);
    put('d', 0, 30);
    assert.equal(await prune(folder, now, limits), 2);
    assert.deepEqual(names(), ['c', 'd']);
  });

  it('leaves what a run may be using, however much it is', async () => {
    put('a', 1, 200);
    put('b', 0, 200);
    assert.equal(await prune(folder, now, limits), 0);
    assert.deepEqual(names(), ['a', 'b']);
  });

  it('leaves folders and links alone, and does without a folder', async () => {
    mkdirSync(join(folder, 'code'));
    put('target', 1, 1);
    symlinkSync(join(folder, 'target'), join(folder, 'link'));
    assert.equal(await prune(folder, now + 30 * day, limits), 1);
    assert.deepEqual(names(), ['code', 'link']);
    assert.equal(await prune(join(folder, 'none'), now, limits), 0);
  });

  it('spares an old copy that was linked again', async () => {
    const store = CopyStore.open(folder);
    assert.ok(store.ok);
    put('copy.mjs', 100, 10);
    assert.ok(store.value.holds(join(store.value.folder, 'copy.mjs'), 10));
    assert.equal(await prune(folder, Date.now(), limits), 0);
    assert.deepEqual(names(), ['copy.mjs']);
  });
});
