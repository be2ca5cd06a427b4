import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { counted, duration, forLabel, forNotification, oneLine } from '../../../src/host/plain-text';

describe('plain text', () => {
  it('is one printable line within its limit, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.integer({ min: 2, max: 80 }), (text, limit) => {
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

  it('counts and times as a person does', () => {
    assert.deepEqual([counted(1, 'call'), counted(1_000_000, 'call')], ['1 call', '1,000,000 calls']);
    assert.deepEqual(
      [0.04, 9.94, 9.96, 999, 999.9, 9_994, 12_345, 185_000, 119_600].map(duration),
      ['0.0 ms', '9.9 ms', '10 ms', '999 ms', '1.00 s', '9.99 s', '12.3 s', '3 min 5 s', '2 min 0 s'],
    );
  });
});
