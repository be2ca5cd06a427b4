import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { counted, duration, forLabel, forNotification, lines, oneLine } from '../../../src/host/plain-text';

/** Any UTF-16 units at all, half pairs too; every other one where the marks are. */
const anyText = fc
  .array(fc.oneof(fc.nat(0xffff), fc.nat(0x2070)), { maxLength: 100 })
  .map((units) => String.fromCharCode(...units));

describe('plain text', () => {
  it('is one printable line within its limit, whatever comes in', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 20 }), (text, limit) => {
        const line = oneLine(text, limit);
        assert.ok(line.length <= limit);
        assert.doesNotMatch(line, /[\p{Cc}\u202A-\u202E\u2066-\u2069\u2028\u2029]/u);
      }),
    );
  });

  it('keeps what can be seen', () => {
    assert.equal(oneLine('  größe = 3;\n\treturn 🐙 '), 'größe = 3; return 🐙');
  });

  it('shows what would reorder the line', () => {
    assert.equal(oneLine('abc\u202Egnp.exe'), 'abc\\u{202e}gnp.exe');
  });

  it('says that something was cut, and cuts no surrogate pair', () => {
    assert.equal(oneLine('abcdef', 4), 'abc…');
    assert.equal(oneLine('ab🐙def', 4), 'ab…');
  });

  it('bounds the work on a message of any size', () => {
    assert.equal(oneLine('x'.repeat(50_000_000), 10), 'xxxxxxxxx…');
  });

  it('draws no icon in a label', () => {
    assert.equal(forLabel('$(trash) f'), '\\$(trash) f');
  });

  it('makes no link in a notification', () => {
    assert.doesNotMatch(forNotification('[ok](command:workbench.action.quit)'), /\]\(/);
    assert.doesNotMatch(forNotification('a](b](c'), /\]\(/);
  });

  it('keeps the lines of a stack, and nothing else that cannot be seen', () => {
    assert.equal(lines('Error: x\u001B[2J\n    at f\r\n\tat g'), 'Error: x\\u{1b}[2J\n    at f\\u{d}\n\tat g');
    assert.equal(lines('abcdef', 3), 'abc');
  });

  it('counts and times as a person does', () => {
    assert.deepEqual([counted(1, 'call'), counted(1_000_000, 'call')], ['1 call', '1,000,000 calls']);
    assert.deepEqual(
      [0.04, 9.94, 9.96, 999, 999.9, 9_994, 12_345, 185_000, 119_600].map(duration),
      ['0.0 ms', '9.9 ms', '10 ms', '999 ms', '1.00 s', '9.99 s', '12.3 s', '3 min 5 s', '2 min 0 s'],
    );
  });
});
