import { noop, spin } from '../fixtures/tasks.mjs';
import { importPeer } from '../lib/peers.mjs';

const { ThreadWorker } = await importPeer('poolifier');
export default new ThreadWorker({ noop, spin });
