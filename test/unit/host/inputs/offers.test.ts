import assert from 'node:assert/strict';
import { offersFor, offerTyped } from '../../../../src/host/inputs/offers';
import { functionLike } from './function-like';

const labels = (offers: ReturnType<typeof offersFor>) => offers.map(({ label }) => label.replace(/^\$\([\w-]+\) /, ''));

describe('offers of inputs', () => {
  it('are recents, a suggestion, examples, a number of calls, a file', () => {
    const found = { ...functionLike(['n']), examples: ['[1, 2, 3]'] };
    const recent = { inputs: { kind: 'expression', text: '[7]' }, preview: { count: 1, first: ['7'] }, usedAt: 0 } as const;
    const offers = offersFor(found, [recent], 5 * 60_000);
    assert.deepEqual(labels(offers), [
      '[7]',
      'Array.from({ length: 64 }, (_, i) => i)',
      '[1, 2, 3]',
      'Call it N times…',
      'Read from a file…',
    ]);
    assert.equal(offers[0]!.description, '5 min ago');
    assert.equal(offers[0]!.detail, '1 call: f(7)');
    assert.equal(offers[1]!.detail, '64 calls: f(0), f(1), f(2), …');
  });

  it('call what an example is by its name in the language', () => {
    const descriptions = (language: 'javascript' | 'python') =>
      offersFor({ ...functionLike(['n'], 1, 1, language), examples: ['[1]'] }, [], 0).map(({ description }) => description);
    assert.ok(descriptions('javascript').includes('@example'));
    assert.ok(descriptions('python').includes('doctest'));
  });

  it('have each inputs once', () => {
    const text = 'Array.from({ length: 64 }, (_, i) => i)';
    const found = { ...functionLike(['n']), examples: [text] };
    const recent = { inputs: { kind: 'expression', text }, preview: null, usedAt: 0 } as const;
    assert.equal(offersFor(found, [recent], 0).filter(({ label }) => label.includes('64')).length, 1);
  });

  it('begin with a number of calls for a function without parameters', () => {
    assert.equal(labels(offersFor(functionLike([]), [], 0))[0], 'Call it 64 times');
  });

  it('put a suggestion with placeholders up for editing', () => {
    assert.equal(offersFor(functionLike(['url']), [], 0)[0]!.kind, 'edit');
  });

  it('draw nothing of what user code says', () => {
    const found = { ...functionLike(['n']), examples: ['["$(trash)"]'] };
    assert.ok(labels(offersFor(found, [], 0)).includes('["\\$(trash)"]'));
    assert.equal(offerTyped({ text: '$(x)', state: 'ready', note: '' }).label, '$(play) \\$(x)');
  });
});
