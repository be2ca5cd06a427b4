/** The built command line, as a contract: words in, exit codes, JSON and files out. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as v from 'valibot';
import { reportSchema } from '../../src/protocol/report-schema';
import { overlaps, traceSchema } from '../unit/profile/exports/trace-schema';
import { CliKit, type Ended } from './cli-kit';
import { eventually } from './processes';

const program = `
export function double(n: number): number {
  console.log('doubling', n, '\\u001b[31m');
  return n * 2;
}
function hidden(n: number, m: number) { return [n, m, 10n, Number.NaN]; }
export function picky(n: number): number {
  if (n % 2 === 1) throw new RangeError(\`no odd \${n}\`);
  return n;
}
export const spin = (n: number): number => {
  if (n >= 2) for (;;);
  console.log('one that ends');
  return n;
};
export const nap = async (ms: number): Promise<number> => new Promise((done) => setTimeout(() => done(ms), ms));
export function outer(): number {
  const k = 2;
  function inner(n: number) { return n * k; }
  return inner(1);
}
`;

const reportOf = ({ stdout }: Ended) => v.parse(reportSchema, JSON.parse(stdout));

describe('command line', function () {
  this.timeout(60_000);
  let kit: CliKit;
  before(() => {
    kit = new CliKit();
    kit.write('calls.ts', program);
  });
  afterEach(async () => eventually('no process is left', 3_000, () => kit.processes().length === 0));
  after(() => kit.dispose());

  describe('list', () => {
    it('prints what can be run on stdout, the rest on stderr', async () => {
      const { code, stdout, stderr } = await kit.run(['list', 'calls.ts']);
      assert.equal(code, 0);
      assert.deepEqual(stdout.trimEnd().split('\n').map((line) => line.split(/\s{2,}/)), [
        ['double(n)', 'line 2'],
        ['hidden(n, m)', 'line 6, not exported'],
        ['picky(n)', 'line 7'],
        ['spin(n)', 'line 11'],
        ['nap(ms)', 'line 16, async'],
        ['outer()', 'line 17'],
      ]);
      assert.match(stderr, /^outer\.inner cannot be run: .*k.*\(line 19\)\n$/);
    });

    it('is one JSON document with all of them', async () => {
      const { stdout } = await kit.run(['list', 'calls.ts', '--json']);
      const { version, file, functions } = JSON.parse(stdout) as { version: number; file: string; functions: Record<string, unknown>[] };
      assert.deepEqual([version, file, functions.length], [1, join(kit.folder, 'calls.ts'), 7]);
      assert.deepEqual(functions[1], {
        name: 'hidden',
        language: 'typescript',
        line: 6,
        column: 10,
        parameters: { names: ['n', 'm'], least: 2, most: 2 },
        async: false,
        exported: false,
        examples: [],
      });
      assert.ok(functions.some(({ refusal }) => refusal !== undefined));
    });
  });

  describe('slice', () => {
    it('shows what would be loaded, what not, and why', async () => {
      kit.write('app.ts', "import http from 'node:http';\nconst table = { a: 1 };\nhttp.createServer().listen(0);\nexport const f = (n: number) => table.a + n;\n");
      const { code, stdout } = await kit.run(['slice', 'app.ts#f']);
      assert.equal(code, 0);
      assert.match(stdout, /2 │ const table = \{ a: 1 \};\n[^\n]*…\n4 │ export const f[^]*Uses table[^]*Kept[^]*const table +used by `f`[^]*Left out[^]*http\.createServer\(\)\.listen\(0\) +changes nothing that is needed/);
    });

    it('is one JSON document on stdout', async () => {
      const { code, stdout } = await kit.run(['slice', 'app.ts#f', '--json']);
      const { code: text, entry, captures, kept, leftOut, warnings } = JSON.parse(stdout) as Record<string, unknown>;
      assert.deepEqual({ code, entry, captures, warnings }, { code: 0, entry: 'f', captures: ['table'], warnings: [] });
      assert.equal((kept as unknown[]).length, 2);
      assert.deepEqual((leftOut as { line: number }[]).map((it) => it.line), [1, 3]);
      assert.deepEqual((text as string).split('\n').map((it) => it.trimEnd()), ['', 'const table = { a: 1 };', '', 'export const f = (n: number) => table.a + n;', '']);
    });

    it('ends with 4 where a function cannot be run alone', async () => {
      const { code, stdout, stderr } = await kit.run(['slice', 'calls.ts#outer.inner', '--json']);
      assert.equal(code, 4);
      assert.equal((JSON.parse(stdout) as { refusal: { code: string } }).refusal.code, 'closure');
      assert.match(stderr, /`k` \(line \d+\)/);
    });

    it('refuses a run with 4, too, where only the slice tells', async () => {
      kit.write('eval.mjs', 'const k = 1;\nexport const f = () => eval("k");\n');
      const { code, stderr, stdout } = await kit.run(['run', 'eval.mjs#f', '--times', '1']);
      assert.equal(code, 4, stdout);
      assert.match(stdout + stderr, /eval.*line 2/);
    });
  });

  describe('run', () => {
    it('prints a summary without colours in a pipe, and what the function prints on stderr', async () => {
      const { code, stdout, stderr } = await kit.run(['run', 'calls.ts#double', '--inputs', '[1, 2, 3]']);
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^✔ double calls\.ts:2\n {2}All 3 tasks succeeded in /);
      assert.match(stdout, /\nWall time {4}\d/);
      assert.doesNotMatch(stdout + stderr, /\u001b/);
      assert.deepEqual(stderr.trim().split('\n').map((line) => line.trim()).sort(), ['doubling 1', 'doubling 2', 'doubling 3']);
    });

    it('prints the report as one JSON document and nothing else, with results as JSON can say them', async () => {
      const ended = await kit.run(['run', 'calls.ts#hidden', '--inputs', '[[1, 2], [3, 4]]', '--json', '--results', '--workers', '1', '--chunk', '1']);
      const report = reportOf(ended);
      assert.deepEqual([ended.code, report.outcome, report.plan], [0, 'completed', { model: 'threads', workers: 1, concurrency: 1, chunk: 1, tasks: 2 }]);
      const rest = [{ $type: 'bigint', value: '10' }, { $type: 'number', value: 'NaN' }];
      assert.deepEqual(report.results, [{ index: 0, value: [1, 2, ...rest] }, { index: 1, value: [3, 4, ...rest] }]);
      assert.equal(report.environment?.runtimeVersion !== '', true);
      assert.ok(report.timing.wallMs > 0 && report.timing.computeMs! > 0 && report.latency.maxMs! > 0);
      assert.equal('results' in reportOf(await kit.run(['run', 'calls.ts#double', '--times', '1', '--json'])), false);
    });

    it('prints results as JSON lines before the summary', async () => {
      const { stdout } = await kit.run(['run', 'calls.ts#double', '--inputs', '[4, 5]', '--results']);
      assert.match(stdout, /^\{"index":0,"value":8\}\n\{"index":1,"value":10\}\n\n✔ /);
    });

    it('has exit code 1 where a task failed, and tells which', async () => {
      const ended = await kit.run(['run', 'calls.ts#picky', '--inputs', '[0, 1, 2, 3]', '--json']);
      const report = reportOf(ended);
      assert.deepEqual([ended.code, report.counts], [1, { tasks: 4, succeeded: 2, failed: 2, cancelled: 0 }]);
      assert.deepEqual(report.errors.map(({ index, name, message, phase }) => [index, name, message, phase]), [
        [1, 'RangeError', 'no odd 1', 'run'],
        [3, 'RangeError', 'no odd 3', 'run'],
      ]);
      assert.match(report.errors[0]!.stack, /calls\.ts:8:\d+/);
    });

    it('overlaps waits with gather', async () => {
      const report = reportOf(await kit.run(['run', 'calls.ts#nap', '--inputs', 'Array(20).fill(100)', '--model', 'gather', '--concurrency', '20', '--json']));
      assert.equal(report.plan.concurrency, 20);
      assert.ok(report.timing.computeMs! > 1900 && report.speedup.estimate! > 1, JSON.stringify(report.speedup));
      assert.equal(report.verdict?.class, 'io-bound');
    });

    it('reads inputs from files', async () => {
      kit.write('data/pairs.csv', 'n,m\r\n1,2\r\n3,4\r\n');
      kit.write('data/n.ndjson', '7\n8\n');
      const values = async (target: string, file: string) => reportOf(await kit.run(['run', target, '--inputs', `@${file}`, '--json', '--results'])).results!.map((result) => ('value' in result ? result.value : null));
      assert.deepEqual((await values('calls.ts#hidden', 'data/pairs.csv')).map((value) => (value as unknown[]).slice(0, 2)), [[1, 2], [3, 4]]);
      assert.deepEqual(await values('calls.ts#double', 'data/n.ndjson'), [14, 16]);
    });

    it('stops at a time-out, keeps what finished, and says so', async () => {
      const ended = await kit.run(['run', 'calls.ts#spin', '--inputs', '[0, 1, 2]', '--timeout', '1500', '--json']);
      const report = reportOf(ended);
      assert.deepEqual([ended.code, report.outcome], [1, 'failed']);
      assert.match(report.message!, /^Timed out after 1\.5 s/);
      assert.equal(report.counts.succeeded, 2);
    });

    it('is cancelled by Ctrl+C with exit code 130, keeps what finished and leaves no process', async () => {
      const files = ['--trace', 'cancelled.json'];
      const ended = await kit.run(['run', 'calls.ts#spin', '--inputs', '[0, 1, 2, 3]', '--workers', '2', '--json', ...files], {
        started: (child) => child.stderr!.once('data', () => child.kill('SIGINT')),
      });
      const report = reportOf(ended);
      assert.deepEqual([ended.code, report.outcome], [130, 'cancelled']);
      assert.match(report.message!, /^Cancelled/);
      assert.equal(report.counts.succeeded + report.counts.cancelled, 4);
      v.parse(traceSchema, JSON.parse(readFileSync(join(kit.folder, 'cancelled.json'), 'utf8')));
    });

    it('writes a trace that Perfetto opens, and a table', async () => {
      const { code } = await kit.run(['run', 'calls.ts#double', '--inputs', 'Array.from({ length: 500 }, (_, i) => i)', '--trace', 'run.json', '--csv', 'run.csv']);
      assert.equal(code, 0);
      const { traceEvents } = v.parse(traceSchema, JSON.parse(readFileSync(join(kit.folder, 'run.json'), 'utf8')));
      const tasks = traceEvents.filter((event) => event.ph === 'X' && event.cat === 'task');
      assert.deepEqual(new Set(tasks.map((event) => 'args' in event && (event.args as { task: number }).task)).size, 500);
      assert.deepEqual(overlaps(traceEvents), []);
      const rows = parse(readFileSync(join(kit.folder, 'run.csv'), 'utf8'), { columns: true }) as { task: string; input: string; result: string }[];
      assert.equal(rows.length, 500);
      assert.ok(rows.every(({ task, input, result }) => input === task && result === String(Number(task) * 2)));
    });

    it('bears that its reader goes', async () => {
      const { code, stderr } = await kit.run(['run', 'calls.ts#picky', '--inputs', 'Array.from({ length: 50000 }, () => 2)', '--results'], {
        started: (child) => child.stdout!.once('data', () => child.stdout!.destroy()),
      });
      assert.deepEqual([code, stderr], [0, '']);
    });

    it('compiles nothing of an unchanged project the next time', async () => {
      const file = kit.write('project/a.ts', 'import { Kind } from "./kind";\nexport const f = (n: number): number => n + Kind.B;');
      kit.write('project/kind.ts', 'export enum Kind { A, B }');
      const linked = async () => {
        const { code, stderr } = await kit.run(['run', `${file}#f`, '--inputs', '[1]', '--workers', '1'], { env: { COREWISE_LOG: '1' } });
        assert.equal(code, 0, stderr);
        return /^Linked f of .*: (.*)$/m.exec(stderr)?.[1];
      };
      assert.equal(await linked(), '3 modules, 3 scanned, 3 compiled.');
      assert.equal(await linked(), '3 modules, 0 scanned, 0 compiled.');
      kit.write('project/kind.ts', 'export enum Kind { A, B, C }');
      assert.equal(await linked(), '3 modules, 1 scanned, 2 compiled.');
    });

    it('takes names as they are', async () => {
      for (const name of ['odd#name.ts', "a 'b' $(touch x).ts", '-dash.ts', 'mirror\u202e.ts']) {
        kit.write(name, 'export function f(): number { return 7; }');
        const ended = await kit.run(['run', '--times', '1', '--json', '--results', '--', `${name}#f`]);
        assert.equal(ended.code, 0, `${name}: ${ended.stderr}`);
        assert.deepEqual(reportOf(ended).results, [{ index: 0, value: 7 }]);
      }
      assert.equal(existsSync(join(kit.folder, 'x')), false);
    });
  });

  describe('refuses', () => {
    before(() => {
      kit.write('broken.ts', 'export function f() {\n  const = 1;\n}');
      kit.write('lost.ts', "import { g } from './not-there';\nexport const f = () => g();");
      kit.write('throws.ts', "const table = (() => {\n  throw new Error('at the top');\n})();\nexport const f = () => table;");
    });

    for (const [what, words, code, message] of [
      ['a name that is not there', ['run', 'calls.ts#duoble', '--times', '1'], 2, /no function duoble\.\nDid you mean double\?/],
      ['no inputs', ['run', 'calls.ts#double'], 2, /needs the inputs of double\.\nFor example: .*--inputs '/],
      ['inputs that are no expression', ['run', 'calls.ts#double', '--inputs', '[1,'], 2, /no expression: .*of \[1,/],
      ['a file that is not there', ['run', 'none.ts#f', '--times', '1'], 2, /no file none\.ts/],
      ['inputs from a file of another kind', ['run', 'calls.ts#double', '--inputs', '@calls.ts'], 2, /\.json, \.ndjson/],
      ['a place that cannot be written', ['run', 'calls.ts#double', '--times', '1', '--csv', 'none/x.csv'], 2, /folder does not exist/],
      ['a function that needs what is around it', ['run', 'calls.ts#outer.inner', '--times', '1'], 4, /outer\.inner cannot be run by itself.*calls\.ts:19/],
    ] as const) {
      it(what, async () => {
        const { code: actual, stdout, stderr } = await kit.run([...words, '--json']);
        assert.equal(actual, code, stderr);
        assert.match(stderr, message);
        const { error } = JSON.parse(stdout) as { error: { message: string; nextStep: string; exitCode: number } };
        assert.equal(error.exitCode, code);
        assert.ok(stderr.includes(error.message));
      });
    }

    for (const [what, target, inputs, message, code = 2] of [
      ['code with a syntax error', 'broken.ts#f', '[1]', /cannot be read: .* Mend line 2/, 4],
      ['a module that imports what is not there', 'lost.ts#f', '[1]', /not-there/],
      ['a module that throws', 'throws.ts#f', '[1]', /at the top/],
      ['inputs that throw', 'calls.ts#double', 'zork', /zork is not defined/],
      ['inputs that are no list', 'calls.ts#double', '12', /a number, not a list/],
    ] as const) {
      it(`${what}, with exit code ${code}`, async () => {
        const { code: actual, stdout, stderr } = await kit.run(['run', target, '--inputs', inputs, '--json']);
        assert.equal(actual, code, stdout + stderr);
        assert.match(stdout, message);
      });
    }

    it('to run where the runner does not start, with exit code 3', async function () {
      if (process.platform === 'win32') this.skip();
      // Beside the project, not in it: nothing in there would be started.
      const file = kit.write('project/calls.ts', program);
      const bin = kit.program('node', `#!/bin/sh\ncase "$1" in -p) echo '["22.0.0", "'"$0"'", false]';; *) exit 1;; esac\n`);
      const ended = await kit.run(['run', `${file}#double`, '--times', '1', '--json'], { env: { PATH: kit.path(bin) } });
      assert.equal(ended.code, 3, ended.stdout);
      const report = reportOf(ended);
      assert.deepEqual([report.outcome, report.environment], ['failed', null]);
      assert.match(report.message!, /runner ended before it was ready/);
    });
  });

  it('tells in doctor which Node it would take, and which not', async function () {
    if (process.platform === 'win32') this.skip();
    const bin = kit.program('node', `#!/bin/sh\necho '["18.19.0", "/usr/bin/node", false]'\n`);
    const elsewhere = kit.write('empty/.keep', '').replace('.keep', '');
    const { code, stdout } = await kit.run(['doctor', '--json'], { env: { PATH: kit.path(bin) }, cwd: elsewhere });
    const doctor = JSON.parse(stdout) as { healthy: boolean; node: { path: string; version: string; rejected: { path: string; why: string }[] }; cores: { usable: number } };
    assert.deepEqual([code, doctor.healthy], [0, true]);
    assert.deepEqual(doctor.node.rejected, [{ path: join(bin, 'node'), why: 'it is Node.js 18.19.0, and 20 or newer is needed' }]);
    assert.ok(doctor.cores.usable > 0);
    const lines = await kit.run(['doctor'], { env: { PATH: kit.path(bin) }, cwd: elsewhere });
    assert.match(lines.stdout, /^✔ Node\.js \d+\.\d+\.\d+ {2}\S+\n {2}It is .*\n {2}Not .*18\.19\.0/);
  });

  it('explains itself', async () => {
    const { code, stdout } = await kit.run(['--help']);
    assert.equal(code, 0);
    for (const command of ['list', 'run', 'doctor']) {
      assert.match(stdout, new RegExp(`corewise ${command} `));
      assert.match((await kit.run([command, '--help'])).stdout, new RegExp(`^corewise ${command}`));
    }
    assert.match((await kit.run(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
    assert.equal((await kit.run(['frob'])).code, 2);
  });
});
