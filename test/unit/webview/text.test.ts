import assert from 'node:assert/strict';
import { stateNames } from '../../../src/webview/layout/legend';
import { environmentText } from '../../../src/webview/ui/footer';
import { plain } from '../../../src/webview/ui/plain-text';
import { moved } from '../../../src/webview/ui/roving';
import { when } from '../../../src/webview/ui/when';

describe('text of user code', () => {
  const cases: [raw: string, shown: string][] = [
    ['\x1b[31mred\x1b[0m', 'red'],
    ['\x1b]8;;https://x\x07link\x1b]8;;\x07', 'link'],
    ['photo\u202Egpj.exe', 'photo⟨U+202E⟩gpj.exe'],
    ['a\0b\x07c', 'a⟨U+0000⟩b⟨U+0007⟩c'],
    ['zero\u200Bwidth', 'zero⟨U+200B⟩width'],
    ['a\tb', 'a\tb'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['été 👩‍🚀', 'été 👩‍🚀'],
  ];
  for (const [raw, shown] of cases) it(JSON.stringify(raw), () => assert.equal(plain(raw), shown));
});

describe('when a run was', () => {
  const now = new Date(2026, 1, 11, 15, 30).getTime();
  it('is said as people say it', () => {
    assert.equal(when(new Date(2026, 1, 11, 9, 5).getTime(), now), 'today 09:05');
    assert.equal(when(new Date(2026, 1, 10, 23, 59).getTime(), now), 'yesterday 23:59');
    assert.equal(when(new Date(2025, 11, 3, 8, 0).getTime(), now), '2025-12-03 08:00');
  });
});

describe('the environment in a line', () => {
  const environment = { runtime: 'node', runtimeVersion: 'v24.1.0', cores: 12, usableCores: 12, os: 'linux-x64' };
  it('names the runtime and the cores', () => {
    assert.equal(environmentText(environment), 'Node 24.1.0 · 12 cores');
    assert.equal(environmentText({ ...environment, usableCores: 1.5 }), 'Node 24.1.0 · 1.5 of 12 cores');
    assert.equal(environmentText(null), '');
  });
});

describe('names of states', () => {
  const names = (splitKnown: boolean, runQueueKnown: boolean) => stateNames({ splitKnown, runQueueKnown }).map(({ name }) => name);
  it('claim no more than was measured', () => {
    assert.deepEqual(names(true, true), ['computing', 'waiting', 'waiting for a core', 'overhead']);
    assert.deepEqual(names(true, false), ['computing', 'not on a core', 'overhead']);
    assert.deepEqual(names(false, false), ['in your code', 'overhead']);
  });
});

describe('moving in a group by keys', () => {
  const keys = { previous: 'ArrowUp', next: 'ArrowDown' };
  it('goes round, and to either end', () => {
    assert.equal(moved('ArrowDown', 2, 3, keys), 0);
    assert.equal(moved('ArrowUp', 0, 3, keys), 2);
    assert.equal(moved('End', 0, 3, keys), 2);
    assert.equal(moved('Home', 2, 3, keys), 0);
    assert.equal(moved('x', 1, 3, keys), null);
    assert.equal(moved('ArrowDown', 0, 0, keys), null);
  });
});
