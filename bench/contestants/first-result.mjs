// Plain Node with a Piscina pool: prints its first result. node first-result.mjs FILE
import { pathToFileURL } from 'node:url';
import { importPeer } from '../lib/peers.mjs';

const { Piscina } = (await importPeer('piscina')).default;
const pool = new Piscina({ filename: pathToFileURL(process.argv[2]).href, name: 'triangle' });
process.stdout.write(`${await pool.run(1000)}\n`);
await pool.destroy();
