import { glob } from './glob.mjs';
import { buildBundles } from '../setup/build.mjs';
import { capture } from '../setup/capture.mjs';
import { root } from '../setup/root.mjs';
import { bundleFindings } from '../check-bundles.mjs';
import { none, oneFailed, onePassed, sum } from './report.mjs';

/** @typedef {{ name: string, run: () => Promise<string> }} Check run: what is wrong, or nothing */

/** @returns {Promise<Check[]>} a check for each tsconfig project, the rules of style and imports, and the bundles */
async function allChecks() {
  const projects = (await glob('.', /^tsconfig\.(?!base).+\.json$/, { deep: false })).map((project) => ({
    name: `types: ${project}`,
    run: () => node('node_modules/typescript/bin/tsc', '--pretty', 'false', '-p', project, ...remember(project)),
  }));
  return [
    ...projects,
    { name: 'types: Python', run: () => node('node_modules/pyright/index.js', '--warnings') },
    { name: 'lint', run: () => node('node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0') },
    { name: 'bundles', run: bundles },
  ];
}

async function bundles() {
  await buildBundles();
  return (await bundleFindings()).join('\n');
}

/** What tsc learned is kept, so that a second run only looks at what changed. @param {string} project */
const remember = (project) => ['--incremental', '--tsBuildInfoFile', `out/tsc/${project}.tsbuildinfo`];

/** @param {string[]} args @returns {Promise<string>} its output if it failed */
async function node(...args) {
  const { code, output } = await capture(process.execPath, args, { cwd: root });
  return code === 0 ? '' : output || `ended with code ${code}`;
}

/** Runs them two at a time. @returns {Promise<import('./report.mjs').Counts>} */
export async function runChecks() {
  const waiting = (await allChecks())[Symbol.iterator]();
  const line = async () => {
    let counts = none;
    for (const check of waiting) counts = sum(counts, await runCheck(check));
    return counts;
  };
  return sum(...(await Promise.all([line(), line()])));
}

/** @param {Check} check */
async function runCheck({ name, run }) {
  const wrong = await run().catch((error) => String(error));
  console.log(wrong ? `  ✖ ${name}\n${wrong.trimEnd().replaceAll(/^/gm, '      ')}` : `  ✔ ${name}`);
  return wrong ? oneFailed : onePassed;
}
