import assert from 'node:assert/strict';
import { Failure } from '../../../src/cli/failure';
import { nearNames } from '../../../src/cli/near-names';
import { choose, parseTarget } from '../../../src/cli/target';
import type { FoundFunction } from '../../../src/source/found-function';

const at = (name: string, line: number): FoundFunction => ({
  language: 'typescript',
  name,
  nameRange: { start: 0, end: 0 },
  range: { start: 0, end: 0 },
  line,
  column: 1,
  parameters: { names: [], most: 0, least: 0 },
  async: false,
  exported: true,
  examples: [],
});
const all = [at('countPrimes', 5), at('Circle.area', 9), at('f', 12), at('f', 30)];
const chosen = (target: string) => choose(all, parseTarget(target)).line;
const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (fault) {
    assert.ok(fault instanceof Failure && fault.exitCode === 2);
    return `${fault.message} ${fault.nextStep}`;
  }
  return assert.fail('It was not refused.');
};

describe('target on the command line', () => {
  for (const [text, words] of [
    ['src/a.ts#f', { file: 'src/a.ts', name: 'f', line: null }],
    ['odd#name.ts#Circle.area', { file: 'odd#name.ts', name: 'Circle.area', line: null }],
    ['a.ts#f:30', { file: 'a.ts', name: 'f', line: 30 }],
    ['C:\\a.ts#f', { file: 'C:\\a.ts', name: 'f', line: null }],
    ['/a b/$(x)\u202e.ts#f', { file: '/a b/$(x)\u202e.ts', name: 'f', line: null }],
  ] as const) {
    it(`is read from ${JSON.stringify(text)}`, () => assert.deepEqual(parseTarget(text), words));
  }

  it('must name a function and a file', () => {
    assert.match(refusal(() => parseTarget('a.ts')), /"a\.ts" names no function\. Write a\.ts#FUNCTION; corewise list a\.ts/);
    assert.match(refusal(() => parseTarget('a.ts#')), /Write a\.ts#FUNCTION/);
    assert.match(refusal(() => parseTarget('#f')), /names no file/);
  });

  it('is the function of that name, or at that line', () => {
    assert.deepEqual([chosen('a.ts#countPrimes'), chosen('a.ts#f:30'), chosen('a.ts#f:12')], [5, 30, 12]);
  });

  it('is asked for a line where a name occurs twice', () => {
    assert.match(refusal(() => chosen('a.ts#f')), /2 functions named f, at lines 12, 30\. Say which: a\.ts#f:12\./);
    assert.match(refusal(() => chosen('a.ts#f:13')), /no function f at line 13\. It has one at lines 12, 30\./);
  });

  it('is told of names that are near', () => {
    assert.match(refusal(() => chosen('a.ts#countPrims')), /no function countPrims\. Did you mean countPrimes\?/);
    assert.match(refusal(() => chosen('a.ts#area')), /Did you mean Circle\.area\?/);
    assert.match(refusal(() => chosen('a.ts#zzzzzz')), /corewise list a\.ts prints/);
    assert.match(refusal(() => choose([], parseTarget('a.ts#f'))), /no function at all/);
  });
});

describe('near names', () => {
  const names = ['render', 'renderRow', 'read', 'rows', 'Worker.run'];
  for (const [wanted, near] of [
    ['rendr', ['render']],
    ['RENDERROW', ['renderRow', 'render']],
    ['run', ['Worker.run']],
    ['rend', ['render', 'renderRow', 'read']],
    ['fetchAll', []],
  ] as const) {
    it(`of ${wanted} are ${near.join(', ') || 'none'}`, () => assert.deepEqual(nearNames(wanted, names), near));
  }
});
