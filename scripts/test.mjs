// npm test [-- SUITE ...] [--vscode stable|oldest|desktop] [--grep TEXT]   (no suite named: all of them)
import { parseArgs } from 'node:util';
import { ensureDependencies } from './setup/dependencies.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { vscode: { type: 'string', default: 'stable' }, grep: { type: 'string' } },
});

if (!['stable', 'oldest', 'desktop'].includes(values.vscode)) throw new Error(`--vscode ${values.vscode}: stable, oldest or desktop.`);

await ensureDependencies();
const { runSuites } = await import('./testing/run-suites.mjs');
const { closingLine } = await import('./testing/report.mjs');
const { counts, whole } = await runSuites(positionals, values);
console.log(closingLine(counts));
// Every suite has ended its children: what still holds us here must not hold up a gate.
process.exit(whole && counts.failed === 0 ? 0 : 1);
