import type { Fault } from '../../protocol/runner';
import { preview } from './preview';

/** Bounds on what an error may bring along, in UTF-16 units: a 50 MB message is somebody's mistake or malice. */
const longestMessage = 4_000;
const longestStack = 12_000;
const deepestCause = 5;

/** Reads a thrown value into plain text, where it was thrown: getters of a hostile error run here and nowhere else. */
export function faultOf(thrown: unknown, index: number, phase: Fault['phase']): Fault {
  if (!isErrorLike(thrown)) {
    return { index, phase, name: 'Thrown value', message: `threw ${preview(thrown)}`, stack: '' };
  }
  return {
    index,
    phase,
    name: text(thrown, 'name', 200) || 'Error',
    message: text(thrown, 'message', longestMessage),
    stack: stackWithCauses(thrown),
  };
}

/** A fault of our own making, about a task or (index -1) the run. */
export function faultFrom(index: number, phase: Fault['phase'], name: string, message: string): Fault {
  return { index, phase, name, message, stack: '' };
}

/** A fault that ends the run. */
export class RunFault extends Error {
  constructor(readonly fault: Fault) {
    super(fault.message);
  }
}

function isErrorLike(thrown: unknown): thrown is Error {
  try {
    return typeof thrown === 'object' && thrown !== null && (thrown instanceof Error || 'stack' in thrown);
  } catch {
    return false;
  }
}

function text(from: object, key: string, longest: number): string {
  try {
    const value: unknown = Reflect.get(from, key);
    const written = typeof value === 'string' ? value : value === undefined ? '' : preview(value);
    return written.length > longest ? `${written.slice(0, longest)}… (${written.length} characters)` : written;
  } catch {
    return `[its ${key} cannot be read]`;
  }
}

function stackWithCauses(error: Error): string {
  const parts: string[] = [];
  let at: unknown = error;
  for (let depth = 0; depth < deepestCause && isErrorLike(at); depth++) {
    parts.push((depth > 0 ? 'Caused by: ' : '') + ownFrames(text(at, 'stack', longestStack)));
    at = readCause(at);
  }
  if (at !== undefined && at !== null && !isErrorLike(at)) parts.push(`Caused by: ${preview(at)}`);
  return parts.join('\n').slice(0, longestStack * 2);
}

function readCause(error: object): unknown {
  try {
    return Reflect.get(error, 'cause') as unknown;
  } catch {
    return undefined;
  }
}

/** Frames of the runner and of Node's inside are not the user's business. */
function ownFrames(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => !/^\s+at /.test(line) || !(line.includes(__dirname) || /\(?node:/.test(line)))
    .join('\n');
}
