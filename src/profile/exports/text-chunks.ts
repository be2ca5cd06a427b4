/** Texts of at most about this many UTF-16 units are put together, so that writing a million lines is not a million writes. */
const chunkSize = 1 << 16;

/** Joins small texts into larger ones. Nothing is held but one chunk. */
export function* inChunks(texts: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length >= chunkSize) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}
