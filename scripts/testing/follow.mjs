import { closeSync, openSync, readSync, rmSync } from 'node:fs';

/**
 * Prints what another process appends to a file, as it comes.
 * @param {string} file emptied first
 * @returns {() => void} prints the rest, and stops
 */
export function follow(file) {
  rmSync(file, { force: true });
  const input = openSync(file, 'a+');
  const chunk = Buffer.alloc(64 * 1024);
  let position = 0;
  const print = () => {
    for (let read; (read = readSync(input, chunk, 0, chunk.length, position)) > 0; position += read) {
      process.stdout.write(Uint8Array.from(chunk.subarray(0, read)));
    }
  };
  const timer = setInterval(print, 200);
  return () => {
    clearInterval(timer);
    print();
    closeSync(input);
  };
}
