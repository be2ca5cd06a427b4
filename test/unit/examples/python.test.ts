import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateSync } from 'node:zlib';
import { findPython, isAtLeast, type Interpreter } from '../../python-interpreter';
import { projectRoot } from '../snippets/project-root';

const folder = join(projectRoot, 'examples/python');
const scripts = join(projectRoot, 'test/unit/examples/python');
const files = readdirSync(folder).filter((name) => name.endsWith('.py'));
const run = promisify(execFile);

describe('Python examples', function () {
  this.timeout(60_000);
  let python: Interpreter;
  before(() => void (python = findPython()));

  /** Runs with every warning as an error: a socket that is left open is one. */
  async function call<T>(module: string, expression: string): Promise<T> {
    const args = ['-B', '-W', 'error', join(scripts, 'evaluate.py'), folder, module, expression];
    const { stdout, stderr } = await run(python.path, args, { timeout: 60_000 });
    assert.equal(stderr, '');
    const [value, left] = JSON.parse(stdout) as [T, string[]];
    assert.deepEqual(left, []);
    return value;
  }

  for (const name of files) {
    it(`${name} says in its docstrings what is true`, async () => {
      const { stdout } = await run(python.path, ['-B', '-W', 'error', '-m', 'doctest', name], { cwd: folder, timeout: 60_000 });
      assert.equal(stdout, '');
    });
  }

  it('count primes', async () => {
    const counts = await call('primes', '[count_primes(n) for n in (-1, 0, 1, 2, 3, 10, 100, 1000, 10_000)]');
    assert.deepEqual(counts, [0, 0, 0, 1, 2, 4, 25, 168, 1229]);
  });

  it('count queens', async () => {
    assert.deepEqual(await call('queens', '[count_queens(n) for n in range(1, 10)]'), [1, 0, 0, 2, 10, 4, 40, 92, 352]);
  });

  it('draw a mandelbrot set with the sky around it', async () => {
    const picture = await call<string[]>('mandelbrot', '[render_row(row) for row in range(HEIGHT)]');
    assert.equal(picture.length, 48);
    for (const row of picture) assert.equal([...row].length, 120);
    const at = (x: number, y: number): string | undefined =>
      picture[Math.round(((y + 1.2) / 2.4) * 48)]?.[Math.round(((x + 2.2) / 3.2) * 120)];
    assert.deepEqual([at(0, 0.3), at(-1, 0.1), at(-2.2, -1.2)], ['@', '@', ' ']);
  });

  it('measure the distance of texts both ways', async () => {
    const pairs = '[("", "abc"), ("kitten", "sitting"), ("core", "core")]';
    assert.deepEqual(await call('distance', `[[distance(a, b), distance(b, a)] for a, b in ${pairs}]`), [[3, 3], [3, 3], [0, 0]]);
  });

  it('clamp into the bounds', async () => {
    assert.deepEqual(await call('clamp', '[clamp(n, -1, 1) for n in (-5, -1, 0, 1, 5)]'), [-1, -1, 0, 1, 1]);
  });

  it('sum orders, here or where they are made', async () => {
    const sums = '[revenue([]), revenue(make_orders(3, 1)), revenue_of_day(500, 4) - revenue(make_orders(500, 4))]';
    assert.deepEqual(await call('orders', sums), [0, 511 + 548 + 585, 0]);
  });

  describe('weather', () => {
    it('answers the same every time, for many at once, and leaves no server', async () => {
      const cities = ['Oslo', 'Lima', 'Zürich & Genève'];
      const both = `at_once(*map(forecast, ${JSON.stringify(cities)} * 2))`;
      const answers = await call<{ city: string }[]>('weather', both);
      assert.deepEqual(answers.slice(0, 3), answers.slice(3));
      assert.deepEqual(answers.map(({ city }) => city), [...cities, ...cities]);
    });

    it('finds the hottest hour around noon', async () => {
      const hour = await call<number>('weather', 'hottest_hour("Lima")');
      assert.ok(hour < 30 * 24 && Math.abs((hour % 24) - 12) <= 2, String(hour));
    });
  });

  it('find a book on the same shelf every time, and leave no server', async () => {
    const [first, second, other] = await call<string[]>('library', '[shelf_of("Emma & Co."), shelf_of("Emma & Co."), shelf_of("ulysses")]');
    assert.match(first!, /^E\d+$/);
    assert.equal(first, second);
    assert.match(other!, /^U\d+$/);
  });

  describe('files', () => {
    it('lists the files of the examples, biggest first', async () => {
      const paths = await call<string[]>('files', 'project_files()');
      assert.ok(paths.every((path) => existsSync(path)));
      assert.ok(['primes.ts', 'primes.py', 'package.json'].every((name) => paths.some((path) => path.endsWith(name))));
      const sizes = paths.map((path) => statSync(path).size);
      assert.deepEqual(sizes, [...sizes].sort((a, b) => b - a));
    });

    it('compresses and hashes', async () => {
      const place = mkdtempSync(join(tmpdir(), 'examples-'));
      try {
        const [dull, empty] = [join(place, 'dull'), join(place, 'empty')];
        writeFileSync(dull, 'a'.repeat(10_000));
        writeFileSync(empty, '');
        const path = (name: string): string => `Path(${JSON.stringify(name)})`;
        assert.deepEqual(
          await call('files', `[deflate_ratio(${path(dull)}), deflate_ratio(${path(empty)}), fingerprint(${path(empty)}, 2)]`),
          [deflateSync(readFileSync(dull), { level: 9 }).length / 10_000, 1, sha256(sha256(Buffer.alloc(0))).toString('hex')],
        );
      } finally {
        rmSync(place, { recursive: true });
      }
    });
  });

  it('open a shop when its file is imported, which is what a run leaves out', async () => {
    const code = 'import shop; print(shop.best_coupons(555), len(shop.baskets())); shop.server.server_close()';
    const { stdout, stderr } = await run(python.path, ['-B', '-W', 'error', '-c', code], { cwd: folder, timeout: 60_000 });
    assert.equal(stdout, '[200, 200, 150] 25\n');
    assert.match(stderr, /^The shop is open at http:\/\/127\.0\.0\.1:\d+/);
  });

  it('need nothing that is not Python', async function () {
    if (!isAtLeast(python, [3, 10])) this.skip();
    const { stdout } = await run(python.path, [join(scripts, 'foreign_imports.py'), folder], { timeout: 60_000 });
    assert.deepEqual(JSON.parse(stdout), []);
  });
});

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
