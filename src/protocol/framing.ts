/**
 * How messages travel between a session and a runner, whatever its language: one duplex byte stream on descriptor 3.
 *
 *   frame = token (8 bytes) · JSON length · number of blobs · length of each blob · JSON (UTF-8) · blobs
 *
 * Lengths are unsigned 32-bit little endian. The token is random and known to both ends only: bytes that user code
 * writes to the descriptor are noticed at once, and never taken for a message.
 */

export const tokenBytes = 8;
/** No honest message is larger, in bytes: results are bounded before they are sent. */
const largestFrame = 1 << 30;
const mostBlobs = 1 << 16;

export interface Frame {
  readonly json: Uint8Array;
  readonly blobs: readonly Uint8Array[];
}

/** The stream holds something that is no frame of ours; nothing after it can be trusted. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** The head of a frame; the JSON and the blobs follow it on the wire as they are. */
export function frameHead(token: Uint8Array, { json, blobs }: Frame): Uint8Array {
  const head = new Uint8Array(tokenBytes + 8 + 4 * blobs.length);
  head.set(token);
  const numbers = new DataView(head.buffer, tokenBytes);
  numbers.setUint32(0, json.length, true);
  numbers.setUint32(4, blobs.length, true);
  for (const [i, blob] of blobs.entries()) numbers.setUint32(8 + 4 * i, blob.length, true);
  return head;
}

/** Cuts a byte stream into frames. Each byte is copied once, when its frame is complete. */
export class FrameReader {
  #parts: Uint8Array[] = [];
  #length = 0;
  /** Bytes that are needed before there is something new to read. */
  #needed = tokenBytes + 8;

  constructor(private readonly token: Uint8Array) {}

  /** Frames that `bytes` completes, in order. Throws a {@link FrameError} at the first foreign byte. */
  push(bytes: Uint8Array): Frame[] {
    this.#parts.push(bytes);
    this.#length += bytes.length;
    const frames: Frame[] = [];
    while (this.#length >= this.#needed) {
      const all = this.#join();
      const end = this.#frameEnd(all);
      if (end === null || end > all.length) {
        this.#needed = end ?? this.#needed;
        break;
      }
      frames.push(cut(all, end));
      this.#parts = end < all.length ? [all.subarray(end)] : [];
      this.#length -= end;
      this.#needed = tokenBytes + 8;
    }
    return frames;
  }

  #join(): Uint8Array {
    if (this.#parts.length === 1) return this.#parts[0]!;
    const all = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    this.#parts = [all];
    return all;
  }

  /** Where the frame at the start of `all` ends; `null` (and `#needed` set) where its head is not complete. */
  #frameEnd(all: Uint8Array): number | null {
    for (let i = 0; i < tokenBytes; i++) {
      if (all[i] !== this.token[i]) throw new FrameError('Foreign bytes on the channel.');
    }
    const numbers = new DataView(all.buffer, all.byteOffset + tokenBytes, all.length - tokenBytes);
    const blobs = numbers.getUint32(4, true);
    if (blobs > mostBlobs) throw new FrameError(`A frame with ${blobs} blobs.`);
    const head = tokenBytes + 8 + 4 * blobs;
    if (all.length < head) {
      this.#needed = head;
      return null;
    }
    let end = head + numbers.getUint32(0, true);
    for (let i = 0; i < blobs; i++) end += numbers.getUint32(8 + 4 * i, true);
    if (end > largestFrame) throw new FrameError(`A frame of ${end} bytes.`);
    return end;
  }
}

function cut(all: Uint8Array, end: number): Frame {
  const numbers = new DataView(all.buffer, all.byteOffset + tokenBytes);
  const count = numbers.getUint32(4, true);
  let at = tokenBytes + 8 + 4 * count;
  const take = (length: number): Uint8Array => all.subarray(at, (at += length));
  const json = take(numbers.getUint32(0, true));
  const blobs = Array.from({ length: count }, (_, i) => take(numbers.getUint32(8 + 4 * i, true)));
  // The last blob ends where the frame does: checked, since both come from the same numbers.
  if (at !== end) throw new FrameError('A frame whose lengths disagree.');
  return { json, blobs };
}
