import { ok } from '../../../base/result';
import type { Recipe } from '../../edit-plan';
import { withCode } from '../code';
import { findRow } from './find';
import { writeRow } from './write';

/** Awaits in a row at once: `const [a, b] = await Promise.all([f(), g()])`. */
export const awaitsToGather: Recipe = {
  name: 'awaits-to-gather',
  rewrite: (request) =>
    withCode(request, (code) => {
      const row = findRow(code);
      return row.ok ? ok(writeRow(row.value, code)) : row;
    }),
};
