import { faultOf } from '../fault';

export interface LooseEnds {
  /** User code ends the thread. `task` is whose code it is, `null` where it is not known or long over. */
  exiting(code: number): void;
  /** Something was thrown where nobody could catch it. */
  escaped(sentence: string): void;
}

/**
 * Catches what leaves a task by other doors than its return: `process.exit`, rejections that nobody handles, errors
 * thrown by timers. The thread lives on after the last two, so that one loose end costs no other task.
 */
export function watchLooseEnds(ends: LooseEnds): void {
  const exit = process.exit.bind(process);
  process.exit = ((code?: number | string | null) => {
    ends.exiting(Number(code ?? process.exitCode ?? 0));
    return exit(code);
  }) as typeof process.exit;
  process.on('unhandledRejection', (reason) => ends.escaped(`a rejection that nobody handled: ${oneLine(reason)}`));
  process.on('uncaughtException', (error) => ends.escaped(`an error that nobody caught: ${oneLine(error)}`));
}

function oneLine(thrown: unknown): string {
  const { name, message } = faultOf(thrown, -1, 'run');
  return `${name}: ${message}`.split('\n')[0]!;
}
