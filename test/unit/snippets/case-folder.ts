/** Puts a case's snippets into files of a folder of their own, compiles them and runs the driver. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { Insertion, SnippetCase } from './cases';
import { projectRoot } from './project-root';
import type { ScriptLanguage } from './snippet-files';

/** Inside the project, so that `piscina` and `p-map` are found as in a user's project. */
export function makeWorkspace(): { readonly folder: string; remove(): void } {
  const parent = join(projectRoot, 'out');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'snippets-'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export const around = ({ before = '', after = '' }: Insertion, text: string): string => [before, text, after, ''].join('\n');

/** Writes the case's files into `folder`, with the text of every snippet asked of `insert`; returns their paths. */
export async function writeCase(
  folder: string,
  language: ScriptLanguage,
  { files, driver, helpers = [] }: SnippetCase,
  insert: (prefix: string) => string | Promise<string>,
): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const extension = language === 'typescript' ? 'ts' : 'js';
  const paths: string[] = [];
  for (const [name, insertion] of Object.entries(files)) {
    const path = join(folder, `${name}.${extension}`);
    writeFileSync(path, around(insertion, await insert(insertion.prefix)));
    paths.push(path);
  }
  for (const name of [driver, ...helpers]) {
    copyFileSync(join(projectRoot, 'test/unit/snippets/drivers', name), join(folder, name));
  }
  return paths;
}

const compilerOptions: Record<ScriptLanguage, ts.CompilerOptions> = {
  typescript: {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noImplicitReturns: true,
    isolatedModules: true,
    verbatimModuleSyntax: true,
    // So that Node's own type stripping can run them too.
    erasableSyntaxOnly: true,
  },
  javascript: { allowJs: true, checkJs: true, noImplicitAny: false, strict: false },
};

/** Type-checks the files and writes JavaScript beside the TypeScript; gives the complaints, one a line. */
export function compile(paths: readonly string[], language: ScriptLanguage): string[] {
  const program = ts.createProgram(paths, {
    ...compilerOptions[language],
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    typeRoots: [join(projectRoot, 'node_modules/@types')],
    skipLibCheck: true,
    noEmit: language === 'javascript',
  });
  const complaints = [...ts.getPreEmitDiagnostics(program)];
  if (language === 'typescript') complaints.push(...program.emit().diagnostics);
  return complaints.map((complaint) =>
    ts.formatDiagnostic(complaint, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => projectRoot,
      getNewLine: () => '\n',
    }),
  );
}

export interface DriverEnd {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

/** Runs the driver in a Node of its own, for a minute at most. */
export function runDriver(folder: string, driver: string, nodePath = process.execPath): Promise<DriverEnd> {
  const env: NodeJS.ProcessEnv = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  delete env.NODE_OPTIONS;
  return new Promise((resolve) => {
    const options = { cwd: folder, env, timeout: 60_000, killSignal: 'SIGKILL' as const };
    const child = execFile(nodePath, [driver], options, (_error, stdout, stderr) => {
      resolve({ stdout, stderr, exitCode: child.exitCode });
    });
  });
}
