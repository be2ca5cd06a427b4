// One launch of VS Code with tests inside: `node run-in-vscode.mjs JSON`. A process of its own, so that it can be watched.
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { root } from '../setup/root.mjs';

/** @typedef {{ vscode: string, restricted: boolean, workspace: string, data: string, extensions: string }} Launch */
/** @type {Launch} */
const { vscode, restricted, workspace, data, extensions } = JSON.parse(process.argv[2] ?? '');

const launcher = process.platform === 'win32' ? 'launcher.cmd' : 'launcher.mjs';
const desktop = vscode === 'desktop' ? { COREWISE_DESKTOP: await downloadAndUnzipVSCode() } : {};

await runTests({
  vscodeExecutablePath: path.join(root, 'scripts/vscode', launcher),
  extensionDevelopmentPath: root,
  extensionTestsPath: path.join(root, 'out/test/vscode/index.js'),
  launchArgs: [workspace, `--user-data-dir=${path.join(data, 'data')}`, `--extensions-dir=${extensions}`],
  extensionTestsEnv: { ...desktop, COREWISE_VSCODE: vscode, COREWISE_RESTRICTED: restricted ? '1' : '0' },
});
