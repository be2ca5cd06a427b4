import { writeSync } from 'node:fs';
import { Writable } from 'node:stream';

/**
 * Gives this process streams that write to descriptors 1 and 2 in place. Node's own would make the descriptors
 * non-blocking the first time a thread is started, and a task's plain `fs.writeSync(1, …)` would then fail with EAGAIN.
 */
export function usePlainStreams(): void {
  for (const [name, descriptor] of [['stdout', 1], ['stderr', 2]] as const) {
    const stream = new Writable({
      decodeStrings: true,
      write: (bytes: Buffer, _encoding, done) => {
        try {
          for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
          done();
        } catch {
          // Nobody reads any more: the session is going away.
          done();
        }
      },
    });
    Object.defineProperty(process, name, { value: stream, configurable: true, enumerable: true });
  }
}
