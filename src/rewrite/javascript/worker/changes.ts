import type { Moves } from './moves';

/** What is different for code that runs in a worker. */
export function workerChanges({ state }: Moves, file: string, close: string): string[] {
  return [
    'Arguments and results are copied: functions, and the methods of objects, do not survive it.',
    ...(state.length > 0 ? [`${state.map((name) => `\`${name}\``).join(', ')}: each worker has its own.`] : []),
    'After one failure the other calls go on.',
    `The pool starts with the first call and ends with the program, or with \`${close}()\`. It loads \`${file}\` by its place beside this file: a bundler has to be told of it.`,
  ];
}
