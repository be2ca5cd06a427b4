/**
 * The esbuild that a project has installed itself, for projects with many files that are more than types. It takes the place of
 * TypeScript's transpiler, file by file: what is imported, and under which name, is ours to say either way.
 *
 *   drafts ══ JSON ══► a Node of its own, with the project's esbuild ══ JSON ══► code and maps
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import semver from 'semver';
import ts from 'typescript';
import type { Millis } from '../../base/units';
import { assignsFields, type Transpiled, type Transpiling } from '../../source/javascript/transpile';
import { realPath } from './sources';

/** Older ones know neither standard decorators nor `using`. */
const oldest = '0.21.0';
const timeLimit: Millis = 20_000;

/** Why esbuild could not be asked. */
export class EsbuildError extends Error {}

interface Job {
  readonly source: string;
  readonly how: Transpiling;
}

export class Esbuild {
  private constructor(
    readonly version: string,
    private readonly main: string,
  ) {}

  /** As Node would find it from a file, but for folders beyond the workspace's. @param within folders; none: everything above the file */
  static find(file: string, within: readonly string[]): Esbuild | null {
    const folders = within.map(realPath);
    for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
      if (folders.length > 0 && !folders.some((it) => isInside(folder, it))) return null;
      const found = Esbuild.#at(path.join(folder, 'node_modules', 'esbuild'), folders);
      if (found || path.dirname(folder) === folder) return found;
    }
  }

  static #at(folder: string, within: readonly string[]): Esbuild | null {
    try {
      const real = fs.realpathSync.native(folder);
      if (within.length > 0 && !within.some((it) => isInside(real, it))) return null;
      const { version, main } = JSON.parse(fs.readFileSync(path.join(real, 'package.json'), 'utf8')) as { version: string; main: string };
      return semver.gte(version, oldest) ? new Esbuild(version, path.join(real, main)) : null;
    } catch {
      return null;
    }
  }

  /** One result for each job, `null` where esbuild made nothing of it. Rejects with an `EsbuildError`. */
  async transpile(jobs: readonly Job[], limit = timeLimit): Promise<(Transpiled | null)[]> {
    const answer = await ask(this.main, JSON.stringify(jobs.map(({ source, how }) => [source, optionsOf(how)])), limit);
    const results = parsed(answer, jobs.length);
    return jobs.map(({ how }, i) => {
      const result = results[i] ?? null;
      return result && transpiled(result, how);
    });
  }
}

/** Whether esbuild does the same: not where imports become `require`, nor where decorators read types. */
export function canTranspile({ as, settings }: Transpiling): boolean {
  return as !== 'commonjs' && settings.emitDecoratorMetadata !== true;
}

function optionsOf({ settings, folder, name, keepImports, jsx }: Transpiling): Record<string, unknown> {
  const compilerOptions = {
    jsx: jsx === ts.JsxEmit.React ? 'react' : 'react-jsx',
    ...(settings.jsxFactory && { jsxFactory: settings.jsxFactory }),
    ...(settings.jsxFragmentFactory && { jsxFragmentFactory: settings.jsxFragmentFactory }),
    ...(settings.jsxImportSource && { jsxImportSource: settings.jsxImportSource }),
    experimentalDecorators: settings.experimentalDecorators ?? false,
    useDefineForClassFields: !assignsFields(settings),
    verbatimModuleSyntax: keepImports,
  };
  return {
    loader: /\.tsx$/i.test(name) ? 'tsx' : /\.[cm]?ts$/i.test(name) ? 'ts' : 'jsx',
    target: 'es2022',
    sourcemap: 'external',
    sourcesContent: false,
    sourceRoot: folder,
    sourcefile: encodeURIComponent(name),
    charset: 'utf8',
    keepNames: false,
    logLevel: 'silent',
    tsconfigRaw: { compilerOptions },
  };
}

/** The import that the automatic JSX runtime adds comes first of all that name it. */
function transpiled({ code, map }: { readonly code: string; readonly map: string }, { jsxRuntime }: Transpiling): Transpiled {
  const pointed =
    jsxRuntime === null ? code : code.replace(/ from "[^"]*\/jsx-runtime";/, () => ` from ${JSON.stringify(jsxRuntime)};`);
  const comment = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
  return { code: pointed.trimEnd(), map: comment };
}

type Answer = { readonly code: string; readonly map: string } | null;

function parsed(answer: string, count: number): Answer[] {
  try {
    const results = JSON.parse(answer) as unknown;
    if (Array.isArray(results) && results.length === count && results.every(isAnswer)) return results;
  } catch {
    // Said below.
  }
  throw new EsbuildError('it did not answer.');
}

function isAnswer(it: unknown): it is Answer {
  const { code, map } = (it ?? {}) as { code?: unknown; map?: unknown };
  return it === null || (typeof code === 'string' && typeof map === 'string');
}

/** What the process does: all files at once, and it never outlives its time. */
const script = `
setTimeout(() => process.exit(1), Number(process.argv[2])).unref();
const { transform } = require(process.argv[1]);
let text = '';
process.stdin.setEncoding('utf8').on('data', (it) => (text += it)).on('end', async () => {
  const jobs = JSON.parse(text).map(([source, options]) => transform(source, options).then(({ code, map }) => ({ code, map }), () => null));
  process.stdout.write(JSON.stringify(await Promise.all(jobs)), () => process.exit());
});`;

function ask(main: string, question: string, limit: Millis): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', script, main, String(limit)], {
      cwd: path.dirname(main),
      env: { ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: limit,
      killSignal: 'SIGKILL',
      windowsHide: true,
    });
    let answer = '';
    child.stdout.setEncoding('utf8').on('data', (it: string) => (answer += it));
    child.once('error', (fault) => reject(new EsbuildError(`it could not be started: ${fault.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve(answer);
      else reject(new EsbuildError(signal === null ? `it ended with code ${code}.` : 'it took too long.'));
    });
    // It may end before it has heard all.
    child.stdin.on('error', () => {});
    child.stdin.end(question);
  });
}

function isInside(folder: string, parent: string): boolean {
  const relative = path.relative(parent, folder);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}
