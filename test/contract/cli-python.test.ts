/** The built command line on files of Python. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as v from 'valibot';
import { reportSchema } from '../../src/protocol/report-schema';
import { traceSchema } from '../unit/profile/exports/trace-schema';
import { CliKit, type Ended } from './cli-kit';
import { eventually } from './processes';
import { whyNoPython } from './python-kit';

const program = `STEP = 2

def double(n):
    print("doubling", n)
    return n * STEP

def add(a, b=1):
    return {"sum": a + b, "big": 2**60, "odd": {1}}

def picky(n):
    if n % 2:
        raise ValueError(f"no odd {n}")
    return n

async def nap(seconds):
    import asyncio
    await asyncio.sleep(seconds)
    return seconds

if __name__ == "__main__":
    raise SystemExit("the main block ran")
`;

const reportOf = ({ stdout }: Ended) => v.parse(reportSchema, JSON.parse(stdout));

describe('command line, for Python', function () {
  this.timeout(60_000);
  let kit: CliKit;
  before(async function () {
    const why = await whyNoPython();
    if (why !== null) {
      console.log(`      Skipped: ${why}`);
      this.skip();
    }
    kit = new CliKit();
    kit.write('calls.py', program);
  });
  afterEach(async () => eventually('no process is left', 3_000, () => kit.processes().length === 0));
  after(() => kit?.dispose());

  it('lists what can be run', async () => {
    const { code, stdout } = await kit.run(['list', 'calls.py']);
    assert.equal(code, 0);
    assert.deepEqual(stdout.trimEnd().split('\n').map((line) => line.split(/\s{2,}/)[0]), ['double(n)', 'add(a, b)', 'picky(n)', 'nap(seconds)']);
  });

  it('runs on processes, and prints what the function prints on stderr', async () => {
    const { code, stdout, stderr } = await kit.run(['run', 'calls.py#double', '--inputs', '[STEP, 3]', '--results']);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^\{"index":0,"value":4\}\n\{"index":1,"value":6\}\n\n✔ double calls\.py:3\n/);
    assert.match(stdout, /processes \(\w+\) · \d+ workers? · chunks auto · Python 3\./);
    assert.deepEqual(stderr.trim().split('\n').map((line) => line.trim()).sort(), ['doubling 2', 'doubling 3']);
  });

  it('prints the report, with a start method and with what JSON cannot say', async () => {
    const ended = await kit.run(['run', 'calls.py#add', '--inputs', '[(1, 2), 5]', '--start-method', 'spawn', '--workers', '1', '--json', '--results']);
    const report = reportOf(ended);
    assert.deepEqual([ended.code, report.plan], [0, { model: 'processes', workers: 1, concurrency: 1, chunk: 'auto', startMethod: 'spawn', tasks: 2 }]);
    assert.equal(report.environment?.runtime, 'python');
    const rest = { big: { $type: 'bigint', value: String(2n ** 60n) }, odd: { $type: 'set', value: [1] } };
    assert.deepEqual(report.results, [{ index: 0, value: { sum: 3, ...rest } }, { index: 1, value: { sum: 6, ...rest } }]);
  });

  it('has exit code 1 where a call failed, and shows its line', async () => {
    const { code, stdout } = await kit.run(['run', 'calls.py#picky', '--inputs', 'range(4)', '--model', 'threads']);
    assert.equal(code, 1);
    assert.match(stdout, /#1 ValueError: no odd 1\n\s+File ".*calls\.py", line 12, in picky/);
  });

  it('overlaps waits with gather', async () => {
    const report = reportOf(await kit.run(['run', 'calls.py#nap', '--inputs', '[0.1] * 20', '--model', 'gather', '--concurrency', '20', '--json']));
    assert.deepEqual([report.plan.model, report.plan.concurrency, report.counts.succeeded], ['gather', 20, 20]);
    assert.equal(report.verdict?.class, 'io-bound');
  });

  it('reads inputs from files and writes a trace and a table', async () => {
    kit.write('pairs.csv', 'a,b\n1,2\n3,4\n');
    const { code } = await kit.run(['run', 'calls.py#add', '--inputs', '@pairs.csv', '--trace', 'run.json', '--csv', 'run.csv']);
    assert.equal(code, 0);
    v.parse(traceSchema, JSON.parse(readFileSync(join(kit.folder, 'run.json'), 'utf8')));
    const rows = parse(readFileSync(join(kit.folder, 'run.csv'), 'utf8'), { columns: true }) as { input: string }[];
    assert.deepEqual(rows.map(({ input }) => input), ['1, 2', '3, 4']);
  });

  it('is cancelled by Ctrl+C and keeps what finished', async () => {
    kit.write('spin.py', 'def f(n):\n    while n >= 2:\n        pass\n    print("one that ends")\n    return n\n');
    for (const model of ['processes', 'sequential']) {
      const ended = await kit.run(['run', 'spin.py#f', '--inputs', 'range(4)', '--model', model, '--json'], {
        started: (child) => child.stderr!.once('data', () => child.kill('SIGINT')),
      });
      const report = reportOf(ended);
      assert.deepEqual([ended.code, report.outcome], [130, 'cancelled'], model);
      assert.equal(report.counts.succeeded + report.counts.cancelled, 4);
    }
  });

  for (const [what, words, code, message] of [
    ['a function that needs what is no Python', ['run', 'broken.py#f', '--inputs', '[1]'], 4, /no valid Python at line 1/],
    ['a module that is not there', ['run', 'lost.py#f', '--inputs', '[1]'], 2, /No module named 'not_there'/],
    ['inputs that throw', ['run', 'calls.py#double', '--inputs', 'zork'], 2, /'zork' is not defined/],
    ['inputs that are no list', ['run', 'calls.py#double', '--inputs', '12'], 2, /of type int, not a list/],
    ['a start method where nothing is started', ['run', 'calls.py#double', '--times', '1', '--model', 'threads', '--start-method', 'fork'], 2, /starts no processes/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      kit.write('broken.py', 'x = 1 +\n\ndef f(n):\n    return n + x\n');
      kit.write('lost.py', 'import not_there\n\ndef f(n):\n    return not_there.x\n');
      const ended = await kit.run([...words, '--json']);
      assert.equal(ended.code, code, ended.stdout + ended.stderr);
      assert.match(ended.stdout, message);
    });
  }

  it('tells in doctor which Python it would take', async () => {
    const { python } = JSON.parse((await kit.run(['doctor', '--json'])).stdout) as { python: { path: string; version: string; why: string } };
    assert.match(python.version, /^3\.\d+\.\d+$/);
    assert.ok(python.why.endsWith('.') && python.path !== '');
  });
});
