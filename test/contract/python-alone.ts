/** What the runner for Python promises beyond the contract of all runners: start methods, pickling, surroundings, models in one process. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RunData } from '../../src/profile/run-data';
import { createEngine } from '../../src/session/create-engine';
import { eventually } from './processes';
import type { PythonKit } from './python-kit';

const values = (data: RunData): unknown[] => data.results!.map((result) => ('value' in result ? result.value : result.preview));
const told = (data: RunData): unknown[] => data.errors.map(({ index, phase }) => [index, phase]);

/** A class whose pickling does `packing`, and whose unpickling does `unpacking`. */
const parcel = (packing: string, unpacking: string): string => `import os

def unpack(text):
    ${unpacking}
    return text

class Parcel:
    def __reduce__(self):
        ${packing}
        return unpack, ("unpacked",)
`;

export function describePython(kit: PythonKit): void {
  const run = (text: string, options: Partial<Parameters<PythonKit['start']>[1]> = {}): Promise<RunData> =>
    kit.start({ text }, { workers: 2, inputs: 'range(20)', wantResults: true, ...options }).ended;

  describe('Python runner alone', function () {
    this.timeout(60_000);
    afterEach('no process is left', () => eventually('all processes of the run are gone', 3_000, () => kit.processes().length === 0));
    after(() => kit.dispose());

    describe('starts workers', () => {
      for (const startMethod of ['spawn', 'forkserver', 'fork'] as const) {
        it(`by ${startMethod}, and makes the pool whole again`, async () => {
          const data = await run('import os\n\ndef f(n):\n    if n == 7:\n        os._exit(3)\n    return n\n', { startMethod });
          assert.equal(data.plan.startMethod, startMethod);
          assert.deepEqual(told(data), [[7, 'run']]);
          assert.deepEqual(values(data), [...Array(20).keys()].filter((n) => n !== 7));
        });
      }

      it('never by fork once threads run', async function () {
        const text = `import threading

def begin():
    thread = threading.Thread(target=threading.Event().wait, daemon=True)
    thread.start()
    return thread

held = begin()

def f(n):
    return n if held else None
`;
        const data = await run(text, { startMethod: 'fork' });
        assert.equal(data.counts.succeeded, 20, data.message ?? '');
        assert.notEqual(data.plan.startMethod, 'fork');
        assert.ok(data.warnings.some((warning) => /has started threads/.test(warning)));
      });

      it('that find functions, classes and lambdas by a name that can be imported', async () => {
        const text = `import pickle
class Point:
    def __init__(self, x):
        self.x = x
f = lambda point: (point.x, pickle.loads(pickle.dumps(Point)) is Point, __name__)
`;
        const data = await run(text, { startMethod: 'spawn', inputs: '[Point(i) for i in range(3)]' });
        assert.deepEqual(values(data), [0, 1, 2].map((n) => [n, true, 'program']), data.message ?? '');
      });
    });

    describe('names the phase of what goes wrong with a parcel [22]', () => {
      const asArgument = `\ndef f(n):\n    return 1\n`;
      const inputs = '[1, Parcel(), 3]';
      const asResult = '\ndef f(n):\n    return Parcel() if n == 1 else n\n';

      it('an argument that cannot be pickled', async () => {
        const data = await run(parcel('raise RuntimeError("no")', 'pass') + asArgument, { inputs });
        assert.deepEqual(told(data), [[1, 'send']]);
        assert.match(data.errors[0]!.message, /RuntimeError: no/);
        assert.equal(data.counts.succeeded, 2);
      });

      it('an argument that cannot be read in the worker', async () => {
        const data = await run(parcel('pass', 'raise RuntimeError("no")') + asArgument, { inputs });
        assert.deepEqual(told(data), [[1, 'send']]);
        assert.match(data.errors[0]!.message, /could not be read in the worker: RuntimeError: no/);
        assert.equal(data.counts.succeeded, 2);
      });

      it('an argument that ends the worker that reads it', async () => {
        const data = await run(parcel('pass', 'os._exit(9)') + asArgument, { inputs });
        assert.deepEqual(told(data), [[1, 'send']]);
        assert.equal(data.counts.succeeded, 2);
      });

      it('a result that ends the worker that pickles it', async () => {
        const data = await run(parcel('os._exit(9)', 'pass') + asResult, { inputs: 'range(3)' });
        assert.deepEqual(told(data), [[1, 'receive']]);
        assert.equal(data.counts.succeeded, 2);
      });

      it('a result that cannot be read back', async () => {
        const data = await run(parcel('pass', 'raise RuntimeError("no")') + asResult, { inputs: 'range(3)' });
        assert.deepEqual(told(data), [[1, 'receive']]);
        assert.match(data.errors[0]!.message, /could not be read back: RuntimeError: no/);
        assert.equal(data.counts.succeeded, 2);
      });

      it('a result that ends the process that reads it back', async () => {
        const data = await run(parcel('pass', 'os._exit(9)') + asResult, { inputs: 'range(3)', chunk: 1 });
        assert.equal(data.outcome, 'failed');
        assert.match(data.message!, /ended with exit code 9/);
      });
    });

    for (const [how, end] of [
      ['SIGKILL', 'os.kill(os.getpid(), 9)'],
      ['SIGSEGV', 'os.kill(os.getpid(), 11)'],
      ['SIGABRT', 'os.abort()'],
      ['exit code 0', 'os.kill(os.getpid(), 0) or sys.stdout.flush() or getattr(posix, "_exit")(0)'],
    ] as const) {
      it(`names the task that ended its worker by ${how}, and finishes the rest [16]`, async () => {
        const data = await run(`import os, posix, sys\n\ndef f(n):\n    if n == 7:\n        ${end}\n    return n\n`);
        assert.deepEqual(told(data), [[7, 'run']]);
        assert.match(data.errors[0]!.message, new RegExp(how));
        assert.equal(data.counts.succeeded, 19);
      });
    }

    it('says which Python has interpreters, or runs in them', async () => {
      const data = await run('import os\n\ndef f(n):\n    return os.getpid()\n', { model: 'interpreters' });
      if (data.outcome === 'completed') assert.equal(new Set(values(data)).size, 1);
      else assert.match(data.message!, /Interpreters need Python 3\.14/);
    });

    describe('in one process', () => {
      for (const model of ['sequential', 'gather', 'threads'] as const) {
        it(`ends an endless loop under ${model}, and keeps what finished [7]`, async () => {
          const text = `${model === 'gather' ? 'async ' : ''}def f(n):\n    if n == 7:\n        while True:\n            pass\n    return n\n`;
          const handle = kit.start({ text }, { model, workers: 1, inputs: 'range(20)', chunk: 1 });
          await eventually('seven tasks end', 20_000, () => handle.data.counts.succeeded === 7 || handle.data.phase === 'ended');
          const at = performance.now();
          handle.cancel();
          const data = await handle.ended;
          assert.deepEqual([data.outcome, data.counts.succeeded, data.records.length], ['cancelled', 7, 7]);
          assert.ok(performance.now() - at < 2_000);
        });
      }

      it('names the task that ends all of it [1]', async () => {
        const data = await run('import os\n\ndef f(n):\n    if n == 7:\n        os._exit(3)\n    return n\n', { model: 'sequential', chunk: 1 });
        assert.equal(data.outcome, 'failed');
        assert.match(data.message!, /ended with exit code 3 while task 7 ran/);
        assert.deepEqual(told(data), [[-1, 'pool'], [7, 'run']]);
        assert.deepEqual(values(data), [0, 1, 2, 3, 4, 5, 6]);
      });

      it('stops at the limit of memory [6]', async () => {
        const data = await run('def f(n):\n    kept = []\n    while n == 7:\n        kept.append(b"x" * 10_000_000)\n    return n\n', { model: 'sequential', memoryMb: 300, chunk: 1 });
        assert.equal(data.outcome, 'failed');
        assert.match(data.message!, /over its limit of 300 MB while task 7 ran/);
        assert.equal(data.counts.succeeded, 7);
      });

      it('tells how calls are made where the function does not say', async () => {
        const plain = await run('def f(n):\n    return n\n', { model: 'gather' });
        assert.ok(plain.warnings.some((text) => /asyncio\.to_thread/.test(text)));
        const coroutine = await run('async def f(n):\n    return n\n', { model: 'threads' });
        assert.ok(coroutine.warnings.some((text) => /event loop/.test(text)));
        assert.equal(coroutine.counts.succeeded, 20);
      });
    });

    describe('is what a plain python file.py would be', () => {
      const look = `import json, os, sys
def f(n=0):
    return [sys.path, os.getcwd(), sys.argv[0] == __file__, sys.getfilesystemencoding(), open(__file__).encoding, os.environ.get("PYTHONPATH"), sys.flags.isolated, sys.executable, sys.prefix]
if __name__ == "__main__":
    print(json.dumps(f()))
`;
      for (const model of ['sequential', 'processes'] as const) {
        it(`in its path, folder, encoding and environment under ${model}`, async () => {
          const env = { PYTHONPATH: tmpdir() };
          const handle = kit.start({ text: look }, { model, workers: 1, inputs: '[()]', wantResults: true, env });
          const file = kit.file;
          const data = await handle.ended;
          const python = (values(data)[0] as string[])[7]!;
          const plain = execFileSync(python, [file], { cwd: resolve(file, '..'), env: { ...process.env, ...env }, encoding: 'utf8' });
          assert.deepEqual(values(data)[0], JSON.parse(plain));
        });
      }

      it('though modules of its folder are called as those of the library, ours too', async () => {
        const loud = 'raise RuntimeError("nobody asked for this")\n';
        const files = Object.fromEntries(['json', 'asyncio', 'selectors', 'traceback', 'pickle', 'multiprocessing', 'sitecustomize', 'corewise_runner'].map((name) => [`${name}.py`, loud]));
        const text = 'import queue\n\ndef f(n):\n    return queue.mine\n';
        for (const model of ['sequential', 'processes'] as const) {
          const data = await run(text, { model, inputs: '[1]', files: { ...files, 'queue.py': 'mine = "my own"\n' } });
          assert.deepEqual(values(data), ['my own'], `${model}: ${data.message} ${JSON.stringify(data.errors[0])}`);
        }
      });

      it('with its main block left alone, and a name that is not __main__', async () => {
        const data = await run('started = __name__ == "__main__"\nif started:\n    raise SystemExit("main ran")\n\ndef f(n):\n    return __name__\n', { inputs: '[1]', name: 'my-script.py' });
        assert.deepEqual(values(data), ['my-script']);
      });
    });

    describe('knows where a module stands', () => {
      const relative = 'from . import other\nfrom .deep.more import name\n\ndef f(n):\n    return [other.value + n, name, __package__, __name__]\n';
      for (const [what, folder, inits] of [
        ['a package', 'pkg', ['pkg/__init__.py', 'pkg/deep/__init__.py']],
        ['a package below src', 'src/pkg', ['src/pkg/__init__.py', 'src/pkg/deep/__init__.py']],
        ['a namespace package', 'src/pkg', []],
      ] as const) {
        it(`in ${what}, in every worker`, async () => {
          const files = { ...Object.fromEntries(inits.map((path) => [path, ''])), [`${folder}/other.py`]: 'value = 40\n', [`${folder}/deep/more.py`]: 'name = __name__\n', 'pyproject.toml': '' };
          const data = await run(relative, { startMethod: 'spawn', inputs: '[2]', files, name: `${folder}/program.py` });
          assert.deepEqual(values(data), [[42, 'pkg.deep.more', 'pkg', 'pkg.program']], data.message ?? JSON.stringify(data.errors[0]));
        });
      }

      it('from editors that are not saved, with their lines in tracebacks', async () => {
        const folder = mkdtempSync(join(tmpdir(), 'corewise-unsaved-'));
        const engine = createEngine({ dist: resolve('dist'), cache: join(folder, 'cache'), spare: false, env: process.env, log: () => {} });
        try {
          mkdirSync(join(folder, 'p'));
          const file = join(folder, 'p', 'a.py');
          for (const name of ['a.py', 'b.py']) writeFileSync(join(folder, 'p', name), 'old = True\n');
          const unsaved = new Map([
            [file, 'import b\n\ndef f(n):\n    raise ValueError(b.word)\n'],
            [join(folder, 'p', 'b.py'), 'word = "new"\n'],
          ]);
          const target = { language: 'python', file, function: 'f', line: 3, column: 5 } as const;
          const data = await engine.start({ target, unsaved, inputs: { kind: 'repeat', times: 1 }, plan: { model: 'processes', workers: 1 } }).ended;
          assert.equal(data.errors[0]?.message, 'f() missing 1 required positional argument: \'n\'', JSON.stringify(data.errors[0]));
          const second = await engine.start({ target, unsaved, inputs: { kind: 'expression', text: '[1]' }, plan: { model: 'processes', workers: 1, startMethod: 'spawn' } }).ended;
          assert.equal(second.errors[0]?.message, 'new');
          assert.match(second.errors[0]!.stack, /a\.py", line 4, in f\n\s+raise ValueError\(b\.word\)/);
        } finally {
          await engine.dispose();
          rmSync(folder, { recursive: true, force: true });
        }
      });
    });

    it('captures what child processes and C code print, by task where one is alone', async () => {
      const data = await run('import os\n\ndef f(n):\n    os.system(f"echo child {n}")\n    return n\n', { inputs: 'range(4)', chunk: 1 });
      for (let i = 0; i < 4; i++) assert.ok(data.output.lines.some(({ text, task }) => text === `child ${i}` && (task === i || task === null)), `child ${i}`);
    });

    it('uses a spare runner, once, with the code as it is then', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'corewise-spare-'));
      const engine = createEngine({ dist: resolve('dist'), cache: join(folder, 'cache'), spare: true, env: process.env, log: () => {} });
      try {
        const file = join(folder, 'a.py');
        const answers: unknown[] = [];
        const starts: unknown[] = [];
        for (const answer of [1, 2, 3]) {
          writeFileSync(file, `def f(n):\n    return ${answer}\n`);
          const data = await engine.start({ target: { language: 'python', file, function: 'f', line: 1, column: 5 }, inputs: { kind: 'expression', text: 'range(2)' }, plan: { model: 'processes', workers: 2 }, wantResults: true }).ended;
          answers.push(values(data));
          starts.push(data.processStartMs === null);
        }
        assert.deepEqual(answers, [[1, 1], [2, 2], [3, 3]]);
        assert.deepEqual(starts, [false, true, true]);
      } finally {
        await engine.dispose();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
}
