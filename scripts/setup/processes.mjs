// Children in process groups of their own, and the certainty that none outlives us.
import { execFileSync, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { descendants, processTable } from './process-table.mjs';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const windows = process.platform === 'win32';

/** @type {Set<ChildProcess>} */
const alive = new Set();

/**
 * Starts a program in a process group of its own. If we end first, it is ended too.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function start(command, args, options) {
  const child = spawn(command, args, { ...options, detached: !windows });
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  return child;
}

/**
 * Ends a child and everything that it started: politely, and after `graceMs` by force. Resolves when all are gone.
 * @param {ChildProcess} child
 * @param {number} [graceMs]
 */
export async function end(child, graceMs = 3000) {
  const tree = treeOf(child);
  if (isRunning(child)) {
    child.kill('SIGTERM');
    await exited(child, graceMs);
  }
  killTree(child, tree);
  await exited(child, graceMs);
  await gone(tree);
}

/** A killed process takes a moment. @param {number[]} pids */
async function gone(pids) {
  const deadline = performance.now() + 5000;
  while (performance.now() < deadline && processTable().some(({ pid }) => pids.includes(pid))) await delay(20);
}

/** @param {ChildProcess} child */
export function isRunning(child) {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/**
 * Resolves when the child has exited, or after `ms`.
 * @param {ChildProcess} child
 * @param {number} ms
 * @returns {Promise<boolean>} whether it has
 */
export function exited(child, ms) {
  if (!isRunning(child)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const answer = (/** @type {boolean} */ has) => {
      clearTimeout(timer);
      child.off('exit', onExit);
      resolve(has);
    };
    const onExit = () => answer(true);
    const timer = setTimeout(() => answer(false), ms);
    child.once('exit', onExit);
  });
}

/**
 * The ids of a child's tree; to be read before anything dies, for an orphan no longer tells whose child it was.
 * @param {ChildProcess} child
 */
function treeOf(child) {
  return child.pid === undefined ? [] : [child.pid, ...descendants(child.pid).map(({ pid }) => pid)];
}

/** @param {ChildProcess} child @param {number[]} tree */
function killTree(child, tree) {
  if (child.pid === undefined) return;
  if (windows) {
    quietly(() => execFileSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' }));
    return;
  }
  for (const pid of [-child.pid, ...tree]) quietly(() => process.kill(pid, 'SIGKILL'));
}

/** Does it, and does not mind if the process has gone already. @param {() => unknown} action */
function quietly(action) {
  try {
    action();
  } catch {
    // Gone.
  }
}

process.on('exit', () => {
  for (const child of alive) killTree(child, treeOf(child));
});

// Without a listener a signal ends us with no `exit` event, and the children, in groups of their own, would stay.
const signals = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 });
let ending = false;
for (const [signal, code] of Object.entries(signals)) {
  process.on(signal, async () => {
    if (ending) process.exit(code); // Asked twice: no more politeness.
    ending = true;
    await Promise.all([...alive].map((child) => end(child)));
    process.exit(code);
  });
}
