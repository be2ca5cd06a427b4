// Everything that can be said without running the product: `npm run check`
import { ensureDependencies } from './setup/dependencies.mjs';

await ensureDependencies();
const { runChecks } = await import('./testing/checks.mjs');
const { failed } = await runChecks();
process.exitCode = failed > 0 ? 1 : 0;
