import { StringDecoder } from 'node:string_decoder';
import type { Millis } from '../base/units';

/** A line is cut here, so that a gigabyte without a line end is never one string. Bytes. */
const longestLine = 1 << 16;

/** Bytes that are cut into lines within a span; what comes beyond them is only counted, so that a flood stalls nobody. */
const mostPerSpan = 1 << 19;
const span: Millis = 100;

/** Cuts a stream of bytes into lines. Invalid UTF-8 becomes U+FFFD; lines that are too long come in pieces. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';
  #spanStart: Millis = 0;
  #inSpan = 0;

  constructor(
    private readonly onLine: (line: string) => void,
    private readonly onDropped: (bytes: number) => void,
  ) {}

  push(data: Buffer): void {
    const now = performance.now();
    if (now - this.#spanStart > span) {
      this.#spanStart = now;
      this.#inSpan = 0;
    }
    this.#inSpan += data.length;
    if (this.#inSpan > mostPerSpan) return this.onDropped(data.length);
    const lines = (this.#rest + this.#decoder.write(data)).split('\n');
    this.#rest = lines.pop()!;
    for (const line of lines) this.onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
    if (this.#rest.length > longestLine) {
      this.onLine(this.#rest);
      this.#rest = '';
    }
  }

  end(): void {
    const rest = this.#rest + this.#decoder.end();
    this.#rest = '';
    if (rest !== '') this.onLine(rest);
  }
}
