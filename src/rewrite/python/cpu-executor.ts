/** The pool of worker processes that the new code of a file shares. */
import { childOf, withDecorators } from '../../source/python/tree';
import { argumentText, type Call } from './code';
import type { PythonFile } from './file';
import type { NeededImports } from './imports';

export interface CpuExecutor {
  /** The function that gives the pool. */
  readonly name: string;
  /** Its definition; `null` where the file has it from an earlier rewrite. */
  readonly definition: readonly string[] | null;
}

export function cpuExecutor(file: PythonFile, imports: NeededImports): CpuExecutor {
  const { code } = file;
  const earlier = file.functions.find((it) => /^\s*return executor\s*$/m.test(code.of(it)) && code.of(it).includes('executor = ') && code.of(withDecorators(it)).startsWith('@'));
  if (earlier) return { name: code.of(childOf(earlier, 'VariableName')!), definition: null };
  const name = file.names.fresh('cpu_executor');
  const { indent } = code;
  return {
    name,
    definition: [
      `@${imports.member('functools', 'cache')}`,
      `def ${name}():`,
      `${indent}"""The worker processes: started when they are first needed, ended with the program."""`,
      `${indent}executor = ${imports.member('concurrent.futures', 'ProcessPoolExecutor')}()`,
      `${indent}${imports.member('atexit', 'register')}(executor.shutdown)`,
      `${indent}return executor`,
    ],
  };
}

/** What `run_in_executor` gets after the executor: it passes no keywords. */
export function taskText(callee: string, passed: string, hasKeywords: boolean, imports: NeededImports): string {
  const all = [callee, ...following(passed)].join('');
  return hasKeywords ? `${imports.member('functools', 'partial')}(${all})` : all;
}

/** Arguments behind another one: what begins on a new line, or with a comment, goes on doing so. */
export function following(passed: string): string[] {
  if (passed.trim() === '') return [];
  const start = passed.trimStart();
  const isBroken = /^[ \t]*[\r\n]/.test(passed);
  return [isBroken ? `,${passed.trimEnd()}` : start.startsWith('#') ? `,  ${start}` : `, ${start}`];
}

/** The arguments of a call as those of another one; a lone generator needs parentheses there. */
export function passedOn(file: PythonFile, call: Call): string {
  const text = argumentText(file.code, call);
  return childOf(childOf(call.node, 'ArgList')!, 'for') ? `(${text})` : text;
}


