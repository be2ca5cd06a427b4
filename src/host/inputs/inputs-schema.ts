import * as v from 'valibot';
import type { Inputs } from '../../protocol/target';

/** Inputs as they are kept in the workspace's state. */
export const inputsSchema: v.GenericSchema<unknown, Inputs> = v.variant('kind', [
  v.object({ kind: v.literal('expression'), text: v.string() }),
  v.object({ kind: v.literal('file'), path: v.string() }),
  v.object({ kind: v.literal('repeat'), times: v.number() }),
]);
