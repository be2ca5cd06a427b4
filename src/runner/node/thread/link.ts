import { MessageChannel, parentPort, threadId, type MessagePort } from 'node:worker_threads';
import { Watch, type LinkMessage } from '../messages';

/** This thread's private way to the main thread, and the memory that outlives it. */
export interface Link {
  readonly port: MessagePort;
  readonly watch: Int32Array;
}

/** Opens the link. Called before any user code is loaded, so that the first of a thread is always ours. */
export function openLink(): Link {
  const { port1, port2 } = new MessageChannel();
  const shared = new SharedArrayBuffer(Watch.slots * Int32Array.BYTES_PER_ELEMENT);
  const watch = new Int32Array(shared);
  watch[Watch.running] = -1;
  const message: LinkMessage = { type: 'corewise-link', threadId, port: port2, watch: shared };
  parentPort!.postMessage(message, [port2]);
  port1.unref();
  return { port: port1, watch };
}
