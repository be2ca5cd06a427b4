import assert from 'node:assert/strict';
import type { Result } from '../../../../../src/base/result';
import type { Refusal } from '../../../../../src/source/found-function';
import { locatedByName, read } from '../../../../../src/source/javascript/find';
import { sliceFunction } from '../../../../../src/source/javascript/slice/slice-function';
import type { Slice } from '../../../../../src/source/slice';

/** The slice of one function of a text. */
export function sliceOf(code: string, name = 'f', path = '/p/a.ts'): Result<Slice, Refusal> {
  const file = read(path, code);
  assert(file.ok, file.ok ? '' : file.error.message);
  const located = locatedByName(file.value, name, 1, 1);
  assert(located, `no ${name} among ${file.value.functions.map((it) => it.found.name).join(', ')}`);
  return sliceFunction(located);
}
