import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activateExtension, extensionId, openAt, workspaceFile } from '../harness';

const dist = () => join(vscode.extensions.getExtension(extensionId)!.extensionPath, 'dist');

/** Packages that a bundle holds code of, by what the bundler says of it. */
function packagesIn(bundle: string): Set<string> {
  const { inputs } = JSON.parse(readFileSync(join(dist(), 'meta', `${bundle}.json`), 'utf8')) as { inputs: Record<string, unknown> };
  return new Set(Object.keys(inputs).flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []));
}

describe('start-up', () => {
  it('takes less than 30 ms of the extension host', async () => {
    const { exports } = await activateExtension();
    const { activatedInMs } = exports as { activatedInMs: number };
    console.log(`        activated in ${activatedInMs.toFixed(1)} ms`);
    // Where more wants to run than there are cores, the clock tells of the others too.
    const quiet = loadavg()[0]! <= availableParallelism();
    assert.ok(activatedInMs < (quiet ? 30 : 300), `${activatedInMs} ms`);
  });

  it('has neither TypeScript nor Piscina in what the extension host loads', () => {
    const packages = packagesIn('extension');
    assert.ok(packages.has('valibot'), 'the list of packages says nothing');
    assert.deepEqual(['typescript', 'piscina', 'ts-blank-space'].filter((name) => packages.has(name)), []);
    assert.ok(packagesIn('analyst').has('typescript'));
  });

  it('leaves the extension host without them after a run, too', async () => {
    const uri = workspaceFile('src', 'primes.ts');
    await openAt(uri, 'let count');
    await vscode.commands.executeCommand('corewise.runOnWorkerPool', { uri, function: 'countPrimes', inputs: '[10]', show: false });
    const loaded = Object.keys(require.cache).filter((file) => file.startsWith(dist()));
    assert.deepEqual(loaded.map((file) => file.slice(dist().length + 1)), ['extension.js']);
  });
});
