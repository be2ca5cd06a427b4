/** Writes the two versions of each case beside each other, and runs them in a Node of their own. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../../snippets/project-root';
import { fixturesFolder, type Case } from './fixtures';

/** How one version of a program went: what it returned, and how many of its calls were under way at once. */
export interface Outcome {
  readonly result: unknown;
  readonly peak: number;
}

export interface Versions {
  readonly before: Outcome;
  readonly after: Outcome;
}

/** A folder inside the project, so that `p-map` and `piscina` are found. */
export function makeFolder(): { readonly folder: string; remove(): void } {
  mkdirSync(join(projectRoot, 'out'), { recursive: true });
  const folder = mkdtempSync(join(projectRoot, 'out/rewrite-'));
  cpSync(join(fixturesFolder, 'support'), join(folder, 'support'), { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs `main` of both versions of all cases; TypeScript has its types taken off. */
export async function runVersions(folder: string, all: readonly Case[]): Promise<Map<string, Versions>> {
  const files = all.map(({ file, before, after }) => {
    const pair = { file, before: join(folder, 'before', toModule(file)), after: join(folder, 'after', toModule(file)) };
    write(pair.before, before, file);
    write(pair.after, after, file);
    return pair;
  });
  const script = join(folder, 'run.mjs');
  writeFileSync(script, driver(files));
  const printed = await runNode(script, folder);
  return new Map(JSON.parse(printed) as [string, Versions][]);
}

const toModule = (file: string): string => file.replace(/\.[cm]?[jt]sx?$/, '.mjs');

function write(path: string, text: string, file: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  const isTypeScript = /ts$/.test(file);
  const options = { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } };
  writeFileSync(path, isTypeScript ? ts.transpileModule(text, options).outputText : text);
}

const driver = (files: readonly { file: string; before: string; after: string }[]): string => `
import { pathToFileURL } from 'node:url';
import { peak, reset } from './support/calls.mjs';
const all = [];
for (const { file, before, after } of ${JSON.stringify(files)}) {
  const outcomes = [];
  for (const path of [before, after]) {
    const { main } = await import(pathToFileURL(path));
    reset();
    const result = await main().catch((error) => ({ name: error.name, message: error.message }));
    outcomes.push({ result: result ?? null, peak: peak() });
  }
  all.push([file, { before: outcomes[0], after: outcomes[1] }]);
}
console.log(JSON.stringify(all));
`;

/** What a script prints. Rejects with its errors where it fails, and after a minute. */
export function runNode(script: string, cwd: string, node = process.execPath, args: readonly string[] = []): Promise<string> {
  const env: NodeJS.ProcessEnv = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  delete env.NODE_OPTIONS;
  return new Promise((resolve, reject) => {
    execFile(node, [...args, script], { cwd, env, timeout: 60_000, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stdout}${stderr}`));
      else resolve(stdout);
    });
  });
}

/** What \`tsc --strict\` says of both versions of the TypeScript cases, one complaint a line. */
export function typeErrors(folder: string, all: readonly Case[]): { before: string[]; after: string[] } {
  const check = (version: 'before' | 'after'): string[] => {
    const paths = all.filter(({ file }) => /\.[cm]?ts$/.test(file)).map((it) => {
      const path = join(folder, `${version}-types`, it.file);
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, it[version]);
      return path;
    });
    return complaints(paths);
  };
  return { before: check('before'), after: check('after') };
}

export function complaints(paths: readonly string[], options: ts.CompilerOptions = {}): string[] {
  const program = ts.createProgram(paths, {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    typeRoots: [join(projectRoot, 'node_modules/@types')],
    skipLibCheck: true,
    noEmit: true,
    ...options,
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName.split('/').pop()}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
