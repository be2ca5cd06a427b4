import { noop, spin } from '../fixtures/tasks.mjs';
import { importPeer } from '../lib/peers.mjs';

const { default: workerpool } = await importPeer('workerpool');
workerpool.worker({ noop, spin });
