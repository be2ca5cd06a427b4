import { StringDecoder } from 'node:string_decoder';

/** A line is cut here, so that a gigabyte without a line end is never one string. Bytes. */
const longestLine = 1 << 16;

/** Cuts a stream of bytes into lines. Invalid UTF-8 becomes U+FFFD; lines that are too long come in pieces. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  constructor(private readonly onLine: (line: string) => void) {}

  push(data: Buffer): void {
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
