import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { bundleFindings } from '../check-bundles.mjs';
import { filesOf, vsixFindings } from '../check-vsix.mjs';
import { buildForProduction } from './build.mjs';
import { root } from './root.mjs';

/**
 * Builds the package, and checks what its bundles and itself hold.
 * @returns {Promise<string>} the path of the VSIX
 */
export async function makeVsix() {
  const { name, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const vsix = path.join(root, `${name}-${version}.vsix`);
  await buildForProduction();
  refuse(await bundleFindings({ production: true }));
  await createVSIX({ cwd: root, packagePath: vsix, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
  const files = await filesOf(vsix);
  refuse(vsixFindings(files));
  const kilobytes = Math.round((await stat(vsix)).size / 1024);
  console.log(`Packaged ${path.basename(vsix)}: ${files.length} files, ${kilobytes} KB.`);
  return vsix;
}

/** @param {string[]} findings */
function refuse(findings) {
  if (findings.length > 0) throw new Error(`The package is not as it should be:\n${findings.join('\n')}`);
}
