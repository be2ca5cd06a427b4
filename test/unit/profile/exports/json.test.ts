import assert from 'node:assert/strict';
import * as v from 'valibot';
import { reportSchema } from '../../../../src/protocol/report-schema';
import { toJson } from '../../../../src/profile/exports/json';
import { toReport } from '../../../../src/profile/report';
import { madeRun } from '../made-run';

describe('JSON', () => {
  it('is the run report', () => {
    const run = madeRun([{ start: 0, compute: 2 }], { wallMs: 3, results: [{ index: 0, value: Number.NaN }] });
    const read = v.parse(reportSchema, JSON.parse([...toJson(run)].join('')));
    assert.deepEqual(read, JSON.parse(JSON.stringify(toReport(run))));
  });
});
