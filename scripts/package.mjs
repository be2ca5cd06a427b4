// Builds and checks the package that VS Code installs: `npm run package`
import path from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';

await ensureDependencies();
const { makeVsix } = await import('./setup/vsix.mjs');
const vsix = await makeVsix();
console.log(`Install it with: code --install-extension ${path.basename(vsix)}`);
