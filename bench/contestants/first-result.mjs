// Plain Node with a Piscina pool and nothing else: prints its first result. node first-result.mjs FILE
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const { Piscina } = createRequire(new URL('../.peers/package.json', import.meta.url))('piscina');
const pool = new Piscina({ filename: pathToFileURL(process.argv[2]).href, name: 'triangle' });
process.stdout.write(`${await pool.run(1000)}\n`);
await pool.destroy();
