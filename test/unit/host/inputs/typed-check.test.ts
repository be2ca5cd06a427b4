import assert from 'node:assert/strict';
import { HumanError } from '../../../../src/base/human-error';
import { InputsError } from '../../../../src/session/inputs-error';
import type { Typed } from '../../../../src/host/inputs/offers';
import { TypedCheck, type CheckPort } from '../../../../src/host/inputs/typed-check';

/** A check over an engine that finds `[` to be a syntax error and `oops` to fail; what it showed, and a wait for it. */
function checked(change: Partial<CheckPort> = {}) {
  const shown: Typed[] = [];
  const waiting: { is: (typed: Typed) => boolean; go: (typed: Typed) => void }[] = [];
  const port: CheckPort = {
    name: 'f',
    baseFolder: '/w',
    syntax: async (text) => (text === '[' ? 'A `]` is missing' : null),
    harmless: async (text) => text !== 'remove()',
    evaluate: async (inputs) => {
      if (inputs.kind === 'expression' && inputs.text === 'oops') throw new InputsError('ReferenceError: oops is not defined');
      return { count: 2, first: ['1', '2'] };
    },
    ...change,
  };
  const check = new TypedCheck(port, (typed) => {
    shown.push(typed);
    for (const { go } of waiting.filter(({ is }) => is(typed))) go(typed);
  });
  const until = (is: (typed: Typed) => boolean) => new Promise<Typed>((go) => waiting.push({ is, go }));
  return { check, shown, until };
}

describe('check of typed inputs', () => {
  it('warns of inputs that no worker can be sent', async () => {
    const { check, shown } = checked({ evaluate: async () => ({ count: 1, first: ['f'], unsendable: 'Call 1 cannot be sent to a worker: it is a function.' }) });
    await check.change('[remove]');
    await check.evaluate();
    assert.deepEqual(shown.at(-1), { text: '[remove]', state: 'unknown', note: 'Call 1 cannot be sent to a worker: it is a function.' });
  });

  it('evaluates what might do more than make values only when somebody asks for that', async () => {
    let evaluated = 0;
    const { check, shown } = checked({ evaluate: async () => ({ count: ++evaluated, first: ['1'] }) });
    await check.change('remove()');
    assert.deepEqual(shown.at(-1), { text: 'remove()', state: 'ready', note: 'Enter evaluates it and runs', unevaluated: true });
    await check.evaluate();
    assert.deepEqual(shown.at(-1), { text: 'remove()', state: 'ready', note: '1 call: f(1)' });
    // Longer than typing has to rest: had it been evaluated by itself, that would have been done by now.
    const later = checked();
    const preview = later.until(({ note }) => note.includes('calls'));
    await later.check.change('[1, 2]');
    await preview;
    assert.equal(evaluated, 1);
  });

  it('tells of a syntax error at once, and evaluates nothing', async () => {
    const { check, shown } = checked({ evaluate: () => assert.fail('evaluated') });
    await check.change('[');
    assert.deepEqual(shown.at(-1), { text: '[', state: 'problem', note: 'A `]` is missing' });
  });

  it('shows what the calls would be when typing rests', async () => {
    const { check, until } = checked();
    const preview = until(({ note }) => note.includes('calls'));
    await check.change('[1, 2]');
    assert.deepEqual(await preview, { text: '[1, 2]', state: 'ready', note: '2 calls: f(1), f(2)' });
    assert.deepEqual(check.preview, { count: 2, first: ['1', '2'] });
  });

  it('shows what fails in the evaluation', async () => {
    const { check, until } = checked();
    const problem = until(({ state }) => state === 'problem');
    await check.change('oops');
    assert.equal((await problem).note, 'ReferenceError: oops is not defined');
  });

  it('does not blame the inputs for what is not in them', async () => {
    const { check, until } = checked({ evaluate: () => Promise.reject(new HumanError('There is no Node.js')) });
    const unknown = until(({ state }) => state === 'unknown');
    await check.change('[1]');
    assert.equal((await unknown).note, 'There is no Node.js');
  });

  it('is about the newest text only', async () => {
    const answers: ((message: string | null) => void)[] = [];
    const { check, shown } = checked({ syntax: () => new Promise((answer) => answers.push(answer)) });
    const first = check.change('a');
    const second = check.change('b');
    answers[1]!(null);
    await second;
    answers[0]!('late');
    await first;
    assert.deepEqual(shown.map(({ text, state }) => `${text} ${state}`), ['a checking', 'b checking', 'b ready']);
    check.dispose();
  });

  it('knows a file that is not there, and a number of calls, without the engine', async () => {
    const none = { syntax: () => assert.fail('parsed'), evaluate: () => assert.fail('evaluated') };
    const { check, shown, until } = checked(none);
    await check.change('@gone.json');
    assert.equal(shown.at(-1)!.note, 'There is no file /w/gone.json');
    const preview = until(({ note }) => note.startsWith('8 calls'));
    await check.change('8');
    assert.equal((await preview).state, 'ready');
    await check.change('0');
    assert.equal(shown.at(-1)!.state, 'problem');
  });
});
