// What the package may hold.
import { readFile } from 'node:fs/promises';
import JSZip from 'jszip';

/** Paths in the VSIX; the packager writes some of them in lower case. Everything else does not belong there. */
export const required = [
  '[content_types].xml',
  'extension.vsixmanifest',
  'extension/package.json',
  'extension/readme.md',
  'extension/changelog.md',
  'extension/license.txt',
  'extension/dist/extension.js',
  'extension/dist/analyst.js',
  'extension/dist/analyst-core.js',
  'extension/dist/analyst-python.js',
  'extension/dist/cli.js',
  'extension/dist/runner/main.js',
  'extension/dist/runner/monitor.js',
  'extension/dist/runner/rehearsal-1.mjs',
  'extension/dist/runner/rehearsal-2.mjs',
  'extension/dist/runner/task.js',
  'extension/dist/runner/worker.js',
  'extension/dist/runner/python/conductor.py',
  'extension/dist/runner/python/program.py',
  'extension/dist/runner/python/corewise_runner/__init__.py',
  'extension/dist/panel/panel.js',
  'extension/dist/panel/panel.css',
  'extension/snippets/javascript.json',
  'extension/snippets/typescript.json',
];
const may = [/^extension\/dist\/runner\/python\/corewise_runner\/\w+\.py$/, /^extension\/snippets\/[\w-]+\.json$/, /^extension\/media\/([\w-]+\/)*[\w-]+\.(svg|png|md|css)$/];

/**
 * @param {string[]} files paths in a VSIX
 * @returns {string[]} one sentence for each that is missing or does not belong there
 */
export function vsixFindings(files) {
  const present = files.map((file) => file.toLowerCase());
  const foreign = files.filter((file) => !required.includes(file.toLowerCase()) && !may.some((path) => path.test(file)));
  const missing = required.filter((path) => !present.includes(path));
  return [
    ...foreign.map((file) => `${file} does not belong in the package.`),
    ...missing.map((file) => `${file} is missing from the package.`),
  ];
}

/** @param {string} vsix @returns {Promise<string[]>} the paths of its files */
export async function filesOf(vsix) {
  const { files } = await JSZip.loadAsync(await readFile(vsix));
  return Object.values(files)
    .filter(({ dir }) => !dir)
    .map(({ name }) => name);
}
