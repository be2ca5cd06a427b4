import { readFile } from 'node:fs/promises';
import { HumanError } from '../../base/human-error';
import type { PythonModuleSpec } from '../../protocol/runner';
import type { RunRequest } from '../run-request';

/** Strips what marks UTF-8 at the start of a file: it is none of Python's. */
const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

/** The module of a run as the runner compiles it: its text as it is now, saved or not. Throws a `HumanError`. */
export async function pythonModule({ target, inputs, unsaved }: RunRequest): Promise<PythonModuleSpec> {
  const { file } = target;
  return {
    file,
    text: withoutMark(unsaved?.get(file) ?? (await read(file))),
    entry: target.function,
    inputs: inputs.kind === 'expression' ? inputs.text : null,
    unsaved: Object.fromEntries([...(unsaved ?? [])].filter(([path]) => path !== file && path.endsWith('.py'))),
  };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (fault) {
    throw new HumanError(`${file} cannot be read: ${(fault as Error).message}`, 'Check that the file is there.', { cause: fault });
  }
}
