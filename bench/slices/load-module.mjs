// In a process of its own: loads one module as a worker would.
import { pathToFileURL } from 'node:url';

const [, , file, kind] = process.argv;
const slot = (globalThis[Symbol.for('corewise.slot')] = {});
await import(pathToFileURL(file).href);
if (kind === 'slice' && typeof slot.target !== 'function') throw new TypeError(`Error: the target is ${typeof slot.target}`);
process.exit(0);
