import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** @typedef {{ pid: number, parent: number, command: string }} ProcessEntry */

/** @returns {ProcessEntry[]} every process that we may see; none on Windows, where `taskkill /t` knows the tree itself */
export function processTable() {
  if (process.platform === 'linux') return linuxPids().flatMap(linuxEntry);
  if (process.platform === 'win32') return [];
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,command='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid ? [{ pid: Number(pid), parent: Number(parent), command: command ?? '' }] : [];
    });
}

/** @param {number} ancestor @returns {ProcessEntry[]} all processes below it, children before grandchildren */
export function descendants(ancestor) {
  const table = processTable();
  const found = table.filter(({ parent }) => parent === ancestor);
  for (const { pid } of found) found.push(...table.filter(({ parent }) => parent === pid));
  return found;
}

/**
 * Processes that were started with this environment variable, whatever became of their parents. Linux only: elsewhere none.
 * @param {string} name
 * @param {string} value
 * @returns {ProcessEntry[]}
 */
export function processesMarked(name, value) {
  if (process.platform !== 'linux') return [];
  const mark = `${name}=${value}`;
  return linuxPids()
    .filter((pid) => read(`/proc/${pid}/environ`).split('\0').includes(mark))
    .flatMap(linuxEntry);
}

function linuxPids() {
  return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
}

/** @param {string} pid @returns {ProcessEntry[]} empty if it ended meanwhile or is only waiting to be reaped */
function linuxEntry(pid) {
  const stat = read(`/proc/${pid}/stat`);
  // "pid (name) state parent …": the name may hold spaces and brackets itself.
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (!state || state === 'Z') return [];
  const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
  return [{ pid: Number(pid), parent: Number(parent), command }];
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // The process has ended, or is not ours.
  }
}
