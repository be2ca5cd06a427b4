import assert from 'node:assert/strict';
import fc from 'fast-check';
import { allocateColumns, columnsOver, copyRecords, recordBytes } from '../../../src/protocol/columns';
import { blockSize, RecordTable } from '../../../src/profile/record-table';

describe('record columns', () => {
  it('take 41 bytes a record, in one exact buffer', () => {
    assert.equal(recordBytes, 41);
    assert.equal(allocateColumns(1000).buffer.byteLength, 41_000);
  });

  it('keep every field apart from its neighbours', () => {
    const { buffer, columns } = allocateColumns(3);
    const fields = Object.keys(columns) as (keyof typeof columns)[];
    fields.forEach((field, i) => columns[field].fill(i + 1));
    const again = columnsOver(buffer, 3);
    fields.forEach((field, i) => assert.deepEqual([...again[field]], [i + 1, i + 1, i + 1], field));
  });
});

describe('RecordTable', () => {
  it('holds what was appended in any pieces, across blocks', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: blockSize + 10 }), { minLength: 1, maxLength: 5 }), (sizes) => {
        const table = new RecordTable();
        let next = 0;
        for (const size of sizes) {
          const { columns } = allocateColumns(size);
          for (let i = 0; i < size; i++) columns.id[i] = next++;
          table.append(columns, size);
        }
        assert.equal(table.length, next);
        let expected = 0;
        for (const { columns, length } of table.blocks()) {
          for (let i = 0; i < length; i++) assert.equal(columns.id[i], expected++);
        }
        assert.equal(expected, next);
        const from = Math.floor(next / 3);
        const slice = columnsOver(table.slice(from, next), next - from);
        for (const i of [0, (next - from) >> 1, next - from - 1]) assert.equal(slice.id[i], from + i);
      }),
      { numRuns: 15 },
    );
  });

  it('copies ranges field by field', () => {
    const a = allocateColumns(4).columns;
    const b = allocateColumns(4).columns;
    a.start.set([1, 2, 3, 4]);
    a.status.set([1, 0, 2, 1]);
    copyRecords(a, 1, 3, b, 2);
    assert.deepEqual([...b.start], [0, 0, 2, 3]);
    assert.deepEqual([...b.status], [0, 0, 0, 2]);
  });
});
