import assert from 'node:assert/strict';
import { redactor } from '../../../src/host/redact';

describe('redaction', () => {
  const clean = redactor({ NPM_TOKEN: 'npm_abcdef123456', DB_PASSWORD: 'npm_abcdef', HOME: '/home/me', API_KEY: 'abc' });

  it('puts the name in the place of a secret, the longest first', () => {
    assert.equal(clean('a npm_abcdef123456 b npm_abcdef c'), 'a «NPM_TOKEN» b «DB_PASSWORD» c');
  });

  it('leaves other values, and words too short to be secrets', () => {
    assert.equal(clean('/home/me abc'), '/home/me abc');
  });
});
