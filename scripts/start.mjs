// npm start [-- --no-open]: a real VS Code in the browser, with the extension, on examples/.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './setup/dependencies.mjs';
import { root } from './setup/root.mjs';

const { values } = parseArgs({ options: { 'no-open': { type: 'boolean', default: false } } });

await ensureDependencies();
const { buildBundles } = await import('./setup/build.mjs');
const { openInBrowser } = await import('./setup/open-in-browser.mjs');
const { serveExtension } = await import('./vscode/serve-extension.mjs');

await buildBundles();
const { url, ended } = await serveExtension(path.join(root, 'examples'));
const opened = !values['no-open'] && (await openInBrowser(url));
console.log(`
VS Code with Corewise ${opened ? 'opens in your browser' : 'is ready: open this address in a browser'}:

  ${url}

  1. Open src/primes.ts and put the cursor on countPrimes.
  2. Press F1 and pick "Corewise: Run Function on Worker Pool".

npm run watch rebuilds as you edit; "Developer: Reload Window" (F1) then loads the new build.
Ctrl+C here ends everything.
`);
await ended;
console.log('VS Code has ended.');
process.exitCode = 1;
