import type { Program } from './kit';

const atSeven = (action: string, rest = 'return n;'): string => `export function f(n) {\n  if (n === 7) { ${action} }\n  ${rest}\n}\n`;

/** The contract's programs in JavaScript (ES modules). */
export const nodePrograms: Record<Program, string> = {
  identity: 'export function f(n) { return n; }\n',
  spin: `export function f(n) {
  let sum = 0;
  for (let i = 0; i < 300_000; i++) sum = (sum + i) % 1000;
  return sum;
}\n`,
  sleep: 'export async function f(n) {\n  await new Promise((resolve) => setTimeout(resolve, 3));\n  return n;\n}\n',
  addTwo: 'export function f(a, b) { return a + b; }\n',
  noArguments: 'export function f() { return arguments.length; }\n',
  throwAtSeven: atSeven("throw new TypeError('bad ' + n, { cause: new Error('the reason') });"),
  throwNullAndObjects: `export function f(n) {
  if (n === 7) throw null;
  if (n === 8) throw { a: 1 };
  if (n === 9) throw () => 1;
  return n;
}\n`,
  exitAtSeven: atSeven('process.exit(3);'),
  exitAfterResult: `export function f(n) {
  if (n === 0) setTimeout(() => process.exit(3), 50);
  const end = performance.now() + 10;
  while (performance.now() < end);
  return n;
}\n`,
  exitAfterResultOverlapping: `export async function f(n) {
  if (n === 0) setTimeout(() => process.exit(3), 50);
  else await new Promise((resolve) => setTimeout(resolve, 15));
  return n;
}\n`,
  floatingRejection: atSeven("Promise.reject(new Error('afloat'));"),
  growHeapAtSeven: atSeven('const kept = []; for (;;) kept.push(new Array(1000).fill(n));'),
  growBuffersAtSeven: atSeven('const kept = []; for (;;) kept.push(Buffer.alloc(10e6, 1));'),
  spinForEverAtSeven: atSeven('for (;;);'),
  regexBombAtSeven: atSeven("/^(a+)+$/.test('a'.repeat(40) + 'b');"),
  blockForEverAtSeven: atSeven('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);'),
  childForEverAtSeven: `import { execSync } from 'node:child_process';\n${atSeven("execSync('sleep 60');")}`,
  neverSettleAtSeven: atSeven('return new Promise(() => {});'),
  recurseAtSeven: atSeven('return f(n) + 1;'),
  killRunnerAtSeven: atSeven("process.kill(process.pid, 'SIGKILL');"),
  crashRunnerAtSeven: atSeven("process.kill(process.pid, 'SIGSEGV');"),
  uncloneableResults: `export function f(n) {
  if (n === 7) return { x: { y: Symbol('q') } };
  if (n === 8) return (function* () {})();
  if (n === 9) return new Proxy({}, {});
  if (n === 10) return { get a() { return () => 1; } };
  return n;
}\n`,
  largeResults: `export function f(n) {
  if (n === 1) return 'x'.repeat(256e6);
  if (n === 2) return Array.from({ length: 2e6 }, (_, i) => ({ i }));
  return n;
}\n`,
  // Whatever `f` does not need is not run: its result hangs on each of these.
  exitAtLoad: `import { isMainThread } from 'node:worker_threads';
function leave() {
  if (!isMainThread) process.exit(5);
}
const left = leave();
export function f(n) { return left ?? n; }
`,
  throwAtLoad: "function load() { throw new Error('at the top level'); }\nconst table = load();\nexport function f(n) { return table ?? n; }\n",
  loopAtLoad: 'function load() { for (;;); }\nconst table = load();\nexport function f(n) { return table ?? n; }\n',
  printLines: "export function f(n) {\n  console.log('out ' + n);\n  console.error('err ' + n);\n  return n;\n}\n",
  floodOutput: "const line = 'x'.repeat(1e6);\nexport function f(n) {\n  for (let i = 0; i < 20; i++) console.log(line);\n  return n;\n}\n",
  floodRawOutput: `import { writeSync } from 'node:fs';
const odd = Buffer.from('\\xff\\x00\\x1b]52;c;aGk=\\x07 and some more text without an end'.repeat(20000), 'latin1');
export function f(n) {
  for (let i = 0; i < 10; i++) writeSync(1, odd);
  return n;
}\n`,
  forgeMessages: `import { writeSync } from 'node:fs';
import { parentPort, threadId } from 'node:worker_threads';
export function f(n) {
  writeSync(1, '{"type":"ended","why":"failed"}\\n');
  parentPort.postMessage({ type: 'corewise-link', threadId, port: null });
  parentPort.postMessage({ type: 'answer', from: 0, count: 1000 });
  process.send?.({ type: 'ended' });
  return n;
}\n`,
  foreignBytes: "import { writeSync } from 'node:fs';\nexport function f(n) {\n  writeSync(3, 'these are no messages of any runner');\n  return n;\n}\n",
  readStdin: "import { readFileSync } from 'node:fs';\nexport function f() { return readFileSync(0, 'utf8').length; }\n",
  nestedPool: `import { Worker } from 'node:worker_threads';
const source = 'const { parentPort, workerData } = require("node:worker_threads"); parentPort.postMessage(workerData * workerData);';
export function f(n) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(source, { eval: true, workerData: n });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}\n`,
};
