import assert from 'node:assert/strict';
import { HumanError } from '../../../src/base/human-error';
import { isFromProgram, readRunArguments } from '../../../src/host/arguments';

/** The message that an argument is refused with. */
function refusal(argument: unknown): string {
  try {
    readRunArguments(argument);
  } catch (error) {
    assert.ok(error instanceof HumanError, String(error));
    return `${error.message} ${error.nextStep}`.trim();
  }
  assert.fail(`${JSON.stringify(argument)} was accepted`);
}

describe('arguments of the run commands', () => {
  it('may be absent', () => {
    assert.deepEqual([readRunArguments(undefined), readRunArguments(null)], [{}, {}]);
  });

  it('are nothing where a menu passes the URI of its file', () => {
    assert.deepEqual(readRunArguments({ scheme: 'file', path: '/a.js', fsPath: '/a.js' }), {});
  });

  it('are taken as they are given', () => {
    const given = {
      uri: 'file:///a.js',
      function: 'f',
      position: { line: 0, character: 3 },
      inputs: [1, [2, 3]],
      model: 'gather',
      workers: 2,
      concurrency: 8,
      chunk: 'auto',
      timeoutMs: 1500.5,
      show: false,
      results: true,
    };
    assert.deepEqual(readRunArguments(given), given);
  });

  it('take a position and nothing else that an object like it carries', () => {
    const position = { line: 2, character: 0, active: true };
    assert.deepEqual(readRunArguments({ position }).position, { line: 2, character: 0 });
  });

  const wrong: [object, RegExp][] = [
    [{ inputs: '' }, /`inputs` takes/],
    [{ inputs: 0 }, /`inputs` takes an expression, "@path", a number of calls/],
    [{ inputs: { a: 1 } }, /`inputs` takes/],
    [{ model: 'cluster' }, /`model` takes one of sequential, gather, threads, processes, hybrid, interpreters/],
    [{ workers: 0 }, /`workers` takes a whole number from 1 to 512/],
    [{ workers: '4' }, /`workers` takes a whole number from 1 to 512/],
    [{ chunk: 'big' }, /`chunk` takes "auto", or a whole number from 1/],
    [{ timeoutMs: -1 }, /`timeoutMs` takes more than 0 milliseconds/],
    [{ position: { line: -1, character: 0 } }, /`position.line` takes a whole number from 0/],
    [{ position: { line: 1 } }, /`position.character`/],
    [{ show: 'yes' }, /`show` takes true or false/],
    [{ uri: 3 }, /`uri` takes a URI/],
    [{ worker: 4 }, /no argument `worker`.*workers/],
  ];
  for (const [argument, message] of wrong) {
    it(`name what is wrong with ${JSON.stringify(argument)}`, () => assert.match(refusal(argument), message));
  }

  it('are one object', () => assert.match(refusal(42), /takes one object/));

  it('tell a program from a person', () => {
    const program = [{ inputs: '[1]' }, { show: false }, { format: 'csv', uri: '/a.csv' }];
    const person = [undefined, null, {}, { inputs: undefined }, { show: true }, { id: 'a', format: 'csv' }, { uri: '/a.js' }, 'inputs'];
    assert.deepEqual(program.map(isFromProgram), program.map(() => true));
    assert.deepEqual(person.map(isFromProgram), person.map(() => false));
  });
});
