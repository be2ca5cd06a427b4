import assert from 'node:assert/strict';
import fc from 'fast-check';
import { clip, harmless, plain, terminalOf } from '../../../src/cli/terminal';
import { LiveLine, progressLine } from '../../../src/cli/progress';
import { UserOutput } from '../../../src/cli/user-output';
import { OutputLog } from '../../../src/profile/output-log';
import { madeRun } from '../profile/made-run';

const tty = { isTTY: true, columns: 80 };
const pipe = { isTTY: false, columns: undefined as unknown as number };

describe('terminal', () => {
  for (const [what, stream, env, coloured] of [
    ['a terminal', tty, {}, true],
    ['a pipe', pipe, {}, false],
    ['a terminal with NO_COLOR', tty, { NO_COLOR: '1' }, false],
    ['a terminal with NO_COLOR and FORCE_COLOR', tty, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['an empty NO_COLOR', tty, { NO_COLOR: '' }, true],
    ['a dumb terminal', tty, { TERM: 'dumb' }, false],
    ['a pipe with FORCE_COLOR', pipe, { FORCE_COLOR: '1' }, true],
    ['a pipe with FORCE_COLOR=0', pipe, { FORCE_COLOR: '0' }, false],
  ] as const) {
    it(`has ${coloured ? 'colours' : 'no colours'} on ${what}`, () => {
      assert.equal(terminalOf(stream, env).style.red('x') !== 'x', coloured);
    });
  }

  it('shows text of others without what could steer it', () => {
    assert.equal(harmless('a\u001b[31mred\u001b[0m \u001b]8;;http://x\u0007link\u001b]8;;\u0007\nnext\u202etxt.exe\u0000'), 'ared link next' + 'txt.exe ');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(harmless(text), /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });

  it('cuts what is too long', () => {
    assert.deepEqual([clip('abcdef', 6), clip('abcdefg', 6)], ['abcdef', 'abcde…']);
  });
});

describe('progress', () => {
  const line = (run: Parameters<typeof progressLine>[0]) => progressLine(run, 3140, { isTty: true, columns: 100, style: plain });

  it('tells how far a run is', () => {
    const run = madeRun([], { phase: 'running', plan: { tasks: 4000 }, counts: { tasks: 4000, succeeded: 990, failed: 10, cancelled: 0 } });
    assert.equal(line(run), '1,000 of 4,000 tasks, 25 %, 10 failed, 3.10 s  (Ctrl+C stops, and keeps what finished)');
    assert.match(line(Object.assign(run, { plan: { ...run.plan, tasks: null } })), /^1,000 tasks, 10 failed, /);
    assert.match(line(Object.assign(run, { phase: 'loading' })), /^Starting, 3\.10 s/);
  });

  it('fits into a line', () => {
    assert.equal(progressLine(madeRun([], { phase: 'running' }), 100, { isTty: true, columns: 40, style: plain }).length, 39);
  });

  it('gives way to other lines', () => {
    let written = '';
    const live = new LiveLine({ write: (text: unknown) => ((written += String(text)), true) } as never);
    live.clear();
    live.show('one');
    live.show('two');
    live.above('printed\n');
    live.show('three');
    live.clear();
    assert.equal(written.replaceAll('\r\u001b[K', '<erase>'), 'one<erase>two<erase>printed\nthree<erase>');
  });
});

describe('what user code prints', () => {
  const printTo = (log: OutputLog) => (text: string) => log.append({ stream: 'stdout', task: 0, text });

  it('comes once and in order, without escape sequences', () => {
    const log = new OutputLog();
    const output = new UserOutput();
    const print = printTo(log);
    print('one');
    print('two\u001b[2J');
    assert.equal(output.take(log), 'one\ntwo\n');
    assert.equal(output.take(log), '');
    print('three');
    assert.equal(output.take(log), 'three\n');
  });

  it('comes with a notice of what was let go before it could be taken, and of nothing else', () => {
    const log = new OutputLog(40);
    const output = new UserOutput();
    const print = printTo(log);
    for (let i = 10; i < 100; i++) {
      print(`line ${i}`);
      if (i < 20) assert.equal(output.take(log), `line ${i}\n`);
    }
    const taken = output.take(log).split('\n');
    const shown = taken.slice(1, -1);
    assert.equal(shown.at(-1), 'line 99');
    assert.equal(taken[0], `[${(80 - shown.length) * 8} characters of output were let go]`);
    log.dropped += 1234;
    assert.equal(output.take(log), '[1,234 characters of output were let go]\n');
    print('last');
    assert.equal(output.take(log), 'last\n');
  });
});
