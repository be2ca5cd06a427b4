import assert from 'node:assert/strict';
import { parseArguments, wantsJson } from '../../../src/cli/arguments';
import { Failure } from '../../../src/cli/failure';

const run = (...words: string[]) => parseArguments(['run', 'a.ts#f', ...words]);
const refuses = (words: readonly string[], message: RegExp) =>
  assert.throws(
    () => parseArguments(words),
    (fault: unknown) => {
      assert.ok(fault instanceof Failure);
      assert.equal(fault.exitCode, 2);
      assert.match(`${fault.message} ${fault.nextStep}`, message);
      return true;
    },
  );

describe('command line arguments', () => {
  it('are a run with all that it can be given', () => {
    const words = '--inputs range(3) --model hybrid --workers 4 --concurrency 8 --chunk 16 --timeout 2500 --json --results --trace t.json --csv t.csv';
    assert.deepEqual(run(...words.split(' ')), {
      command: 'run',
      target: 'a.ts#f',
      inputs: { text: 'range(3)' },
      model: 'hybrid',
      workers: 4,
      concurrency: 8,
      chunk: 16,
      timeoutMs: 2500,
      json: true,
      results: true,
      trace: 't.json',
      csv: 't.csv',
    });
  });

  it('leave open what is not given', () => {
    assert.deepEqual(run(), { command: 'run', target: 'a.ts#f', inputs: null, json: false, results: false });
  });

  for (const [words, inputs] of [
    [['--inputs', '[1, 2]'], { text: '[1, 2]' }],
    [['--inputs=-1'], { text: '-1' }],
    [['--inputs', '@data.csv'], { file: 'data.csv' }],
    [['--times', '12'], { times: 12 }],
  ] as const) {
    it(`take inputs from ${words.join(' ')}`, () => {
      const parsed = run(...words);
      assert.deepEqual(parsed.command === 'run' && parsed.inputs, inputs);
    });
  }

  it('take a target that looks like an option after --', () => {
    const parsed = parseArguments(['run', '--times', '1', '--', '-a.ts#f']);
    assert.equal(parsed.command === 'run' && parsed.target, '-a.ts#f');
  });

  for (const [words, message] of [
    [['frob'], /no command "frob".*list, run, slice, wrap, doctor/],
    [['run'], /run needs FILE#FUNCTION.*run --help/],
    [['list'], /list needs FILE/],
    [['run', 'a.ts', '#f'], /"#f" is a second.*quotes/],
    [['doctor', 'x'], /doctor takes no "x"/],
    [['run', 'a#f', '--bogus'], /Unknown option '--bogus'\. See corewise run --help/],
    [['run', 'a#f', '--inputs'], /argument missing/],
    [['run', 'a#f', '--inputs', ' '], /--inputs is empty/],
    [['run', 'a#f', '--inputs', '@'], /--inputs is empty/],
    [['run', 'a#f', '--inputs', '[1]', '--times', '2'], /exclude each other/],
    [['run', 'a#f', '--times', '0'], /--times is "0".*whole number from 1/],
    [['run', 'a#f', '--times', '1e3'], /--times is "1e3"/],
    [['run', 'a#f', '--workers', '2.5'], /--workers is "2\.5"/],
    [['run', 'a#f', '--workers', '-1'], /--workers/],
    [['run', 'a#f', '--timeout', '99999999999999999999'], /--timeout/],
    [['run', 'a#f', '--chunk', 'big'], /--chunk is "big".*“auto” or a whole number/],
    [['run', 'a#f', '--model', 'cluster'], /no model "cluster".*sequential, gather, threads, processes, hybrid/],
    [['run', 'a#f', '--start-method', 'clone'], /no start method "clone".*spawn, forkserver, fork/],
    [['run', 'a#f', '--csv', ''], /--csv is empty/],
    [['list', 'a', '--results'], /Unknown option '--results'/],
  ] as const) {
    it(`refuse ${words.join(' ')}`, () => refuses(words, message));
  }

  it('ask for help in every way', () => {
    for (const [words, about] of [
      [[], 'overview'],
      [['--help'], 'overview'],
      [['-h'], 'overview'],
      [['help', 'run'], 'run'],
      [['run', '--help'], 'run'],
      [['run', 'a#f', '--bogus', '-h'], 'run'],
    ] as const) {
      assert.deepEqual(parseArguments(words), { command: 'help', about });
    }
    assert.deepEqual(parseArguments(['--version']), { command: 'version' });
  });

  it('obey --json where the rest is wrong, unless it is an argument', () => {
    assert.equal(wantsJson(['run', '--bogus', '--json']), true);
    assert.equal(wantsJson(['run', '--', '--json']), false);
  });
});
