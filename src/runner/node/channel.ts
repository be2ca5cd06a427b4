import { Socket } from 'node:net';
import { frameHead, FrameReader, tokenBytes } from '../../protocol/framing';
import type { FromRunner, ToRunner } from '../../protocol/runner';

/** The descriptor that the session opened for us. */
const descriptor = 3;

/** The runner's end of the stream to its session. */
export class Channel {
  readonly #socket = new Socket({ fd: descriptor, readable: true, writable: true });
  #token: Uint8Array | null = null;
  #reader: FrameReader | null = null;
  #early: Uint8Array = new Uint8Array(0);

  /** `opened` once the token is here and messages can be sent; `closed` when the session is gone. */
  constructor(private readonly on: { opened(): void; message(message: ToRunner): void; closed(): void }) {
    this.#socket.on('data', (bytes: Buffer) => this.#read(bytes));
    this.#socket.on('close', () => on.closed());
    this.#socket.on('error', () => on.closed());
  }

  /** Tries to write at once. `written` is called when the bytes have left the process. */
  send(message: FromRunner, blobs: readonly Uint8Array[], written?: () => void): void {
    const frame = { json: Buffer.from(JSON.stringify(message)), blobs };
    this.#socket.cork();
    this.#socket.write(frameHead(this.#token!, frame));
    for (const blob of blobs.length > 0 ? [frame.json, ...blobs.slice(0, -1)] : []) this.#socket.write(blob);
    this.#socket.write(blobs.at(-1) ?? frame.json, () => written?.());
    this.#socket.uncork();
  }

  #read(bytes: Uint8Array): void {
    if (!this.#reader) {
      bytes = Buffer.concat([this.#early, bytes]);
      if (bytes.length < tokenBytes) {
        this.#early = bytes;
        return;
      }
      this.#token = Uint8Array.from(bytes.subarray(0, tokenBytes));
      this.#reader = new FrameReader(this.#token);
      this.on.opened();
      bytes = bytes.subarray(tokenBytes);
    }
    for (const { json } of this.#reader.push(bytes)) {
      this.on.message(JSON.parse(Buffer.from(json).toString('utf8')) as ToRunner);
    }
  }
}
