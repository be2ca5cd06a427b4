import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { clamp } from '../../../examples/src/clamp';
import { height, renderRow, rows, width } from '../../../examples/src/mandelbrot';
import { countPrimes } from '../../../examples/src/primes';
import { forecast, hottestHour } from '../../../examples/src/weather';
import { Project, removeProjects } from '../session/link/project';
import { projectRoot } from '../snippets/project-root';

interface JavaScriptExamples {
  gzipRatio(path: string): number;
  fingerprint(path: string, rounds?: number): string;
  projectFiles(folder?: string): string[];
  distance(from: string, to: string): number;
  countQueens(size: number): number;
  makeOrders(count: number, day?: number): readonly { readonly cents: number }[];
  revenue(orders: readonly { readonly cents: number }[]): number;
  revenueOfDay(count: number, day: number): number;
}

/** Loads the JavaScript examples by Node itself, where they lie. */
async function javaScriptExamples(): Promise<JavaScriptExamples> {
  const names = ['files.js', 'distance.js', 'orders.js', 'queens.cjs'];
  const modules = names.map((name) => import(pathToFileURL(join(projectRoot, 'examples/src', name)).href) as Promise<object>);
  return Object.assign({}, ...(await Promise.all(modules))) as JavaScriptExamples;
}

describe('an example that is a program', function () {
  this.timeout(60_000);
  after(removeProjects);

  it('runs one function, and neither its server, its timer nor its main()', async () => {
    const code = readFileSync(join(projectRoot, 'examples/src/shop.ts'), 'utf8');
    const outcome = await new Project({ 'package.json': '{"type":"module"}', 'shop.ts': code }).run('shop.ts#bestCoupons', [[320], [50], [10]], { inputs: 'baskets()' });
    assert.deepEqual(outcome.results, [[200, 100], [50], []]);
    assert.equal(outcome.inputs?.length, 25);
    assert.equal(outcome.output, '', 'nothing was said');
    assert.equal(outcome.handles, 0, 'nothing is left open');
  });
});

describe('examples', () => {
  let js: JavaScriptExamples;
  before(async () => void (js = await javaScriptExamples()));

  it('count primes', () => {
    assert.deepEqual([-1, 0, 1, 2, 3, 10, 100, 1000, 10_000].map(countPrimes), [0, 0, 0, 1, 2, 4, 25, 168, 1229]);
  });

  it('count queens', () => {
    assert.deepEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(js.countQueens), [1, 0, 0, 2, 10, 4, 40, 92, 352, 724]);
  });

  describe('mandelbrot', function () {
    this.timeout(20_000);
    let picture: string[];
    before(() => void (picture = rows().map(renderRow)));

    it('is a picture of one size, the same every time', () => {
      assert.equal(picture.length, height);
      for (const row of picture) assert.equal([...row].length, width);
      assert.equal(renderRow(7), picture[7]);
    });

    it('has the set in the middle and the sky around it', () => {
      const at = (x: number, y: number): string | undefined =>
        picture[Math.round(((y + 1.2) / 2.4) * height)]?.[Math.round(((x + 2.2) / 3.2) * width)];
      assert.equal(at(0, 0.3), '@');
      assert.equal(at(-1, 0.1), '@');
      assert.equal(at(-2.2, -1.2), ' ');
    });
  });

  it('measure the distance of texts as a metric does', () => {
    assert.equal(js.distance('kitten', 'sitting'), 3);
    assert.equal(js.distance('core', 'wise'), 3);
    const text = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        assert.equal(js.distance(a, b), js.distance(b, a));
        assert.equal(js.distance(a, b) === 0, a === b);
        assert.ok(js.distance(a, c) <= js.distance(a, b) + js.distance(b, c));
        assert.ok(js.distance(a, b) <= Math.max(a.length, b.length));
      }),
    );
  });

  it('clamp into the bounds, and leave what is inside', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.nat(), (value, low, span) => {
        const clamped = clamp(value, low, low + span);
        assert.ok(clamped >= low && clamped <= low + span);
        if (value >= low && value <= low + span) assert.equal(clamped, value);
      }),
    );
  });

  it('sum orders, here or where they are made', () => {
    assert.equal(js.revenue([]), 0);
    assert.equal(js.revenue(js.makeOrders(3, 1)), 511 + 548 + 585);
    assert.equal(js.revenueOfDay(500, 4), js.revenue(js.makeOrders(500, 4)));
  });

  describe('weather', () => {
    const servers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;

    it('answers the same every time, for many at once, and leaves no server', async () => {
      const before = servers();
      const cities = ['Oslo', 'Lima', 'Zürich & Genève'];
      const [first, second] = await Promise.all([Promise.all(cities.map(forecast)), Promise.all(cities.map(forecast))]);
      assert.deepEqual(first, second);
      assert.deepEqual(first.map(({ city }) => city), cities);
      assert.equal(await hottestHour('Oslo'), await hottestHour('Oslo'));
      // A closed handle is still listed until the event loop has turned.
      for (let turn = 0; turn < 100 && servers() > before; turn++) await new Promise(setImmediate);
      assert.equal(servers(), before);
    });

    it('finds the hottest hour around noon', async () => {
      const hour = await hottestHour('Lima');
      assert.ok(hour < 30 * 24 && Math.abs((hour % 24) - 12) <= 2, String(hour));
    });
  });

  describe('files', () => {
    it('lists the files of the project, biggest first', () => {
      const paths = js.projectFiles();
      assert.ok(paths.every(existsSync));
      assert.ok(paths.some((path) => path.endsWith('primes.ts')) && paths.some((path) => path.endsWith('package.json')));
      const sizes = paths.map((path) => readFileSync(path).length);
      assert.deepEqual(sizes, [...sizes].sort((a, b) => b - a));
    });

    it('compresses and hashes', () => {
      const folder = mkdtempSync(join(tmpdir(), 'examples-'));
      try {
        const [dull, empty] = [join(folder, 'dull'), join(folder, 'empty')];
        writeFileSync(dull, 'a'.repeat(10_000));
        writeFileSync(empty, '');
        assert.ok(js.gzipRatio(dull) < 0.01);
        assert.equal(js.gzipRatio(empty), 1);
        const sha256 = (...parts: (string | Buffer)[]): Buffer =>
          parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
        assert.equal(js.fingerprint(empty, 2), sha256(sha256()).toString('hex'));
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });

  it('need nothing that is not Node', () => {
    const manifest = JSON.parse(readFileSync(join(projectRoot, 'examples/package.json'), 'utf8')) as Record<string, unknown>;
    assert.equal(manifest.private, true);
    assert.equal(manifest.dependencies ?? manifest.devDependencies, undefined);
  });
});
