import type { PythonModuleSpec } from '../../protocol/runner';
import type { Slice } from '../../source/slice';
import type { RunRequest } from '../run-request';

/** The module of a run as the runner compiles it: of the file's text, saved or not, what the target needs. */
export function pythonModule({ target, inputs, unsaved }: RunRequest, { text, entry }: Slice): PythonModuleSpec {
  const { file } = target;
  return {
    file,
    text,
    entry,
    inputs: inputs.kind === 'expression' ? inputs.text : null,
    unsaved: Object.fromEntries([...(unsaved ?? [])].filter(([path]) => path !== file && path.endsWith('.py'))),
  };
}
