import assert from 'node:assert/strict';
import { Recents, type RecentInputs } from '../../../../src/host/inputs/recents';
import { memoryStore } from '../memory-store';

const used = (text: string, usedAt = 0): RecentInputs => ({ inputs: { kind: 'expression', text }, preview: null, usedAt });
const textsOf = (recents: readonly RecentInputs[]) => recents.map(({ inputs }) => (inputs.kind === 'expression' ? inputs.text : ''));

describe('recent inputs', () => {
  it('are those of the function, newest first, each once', async () => {
    const recents = new Recents(memoryStore());
    for (const text of ['[1]', '[2]', '[1]']) await recents.use('/a.js', 'f', used(text));
    await recents.use('/a.js', 'g', used('[3]'));
    assert.deepEqual(textsOf(recents.of('/a.js', 'f')), ['[1]', '[2]']);
    assert.deepEqual(textsOf(recents.of('/b.js', 'f')), []);
  });

  it('outlive the window, with their preview', async () => {
    const store = memoryStore();
    const preview = { count: 1, first: ['1'] };
    await new Recents(store).use('/a.js', 'f', { ...used('[1]'), preview });
    assert.deepEqual(new Recents(store).of('/a.js', 'f')[0]!.preview, preview);
  });

  it('are ten a function and a hundred functions at most', async () => {
    const recents = new Recents(memoryStore());
    for (let i = 0; i < 12; i++) await recents.use('/a.js', 'f0', used(`[${i}]`));
    assert.deepEqual(textsOf(recents.of('/a.js', 'f0')), [11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((i) => `[${i}]`));
    for (let i = 1; i < 100; i++) await recents.use('/a.js', `f${i}`, used('[1]'));
    await recents.use('/a.js', 'f0', used('[0]'));
    await recents.use('/a.js', 'f100', used('[1]'));
    assert.equal(recents.of('/a.js', 'f1').length, 0);
    assert.equal(recents.of('/a.js', 'f0').length, 10);
  });

  it('do not hold what would make the state heavy', async () => {
    const recents = new Recents(memoryStore());
    await recents.use('/a.js', 'f', used('x'.repeat(4001)));
    assert.deepEqual(recents.of('/a.js', 'f'), []);
  });

  it('are none where the state is not ours to read', () => {
    const store = memoryStore();
    store.texts.set('corewise.recentInputs', '{"/a.js#f": "oops"}');
    assert.deepEqual(new Recents(store).of('/a.js', 'f'), []);
  });

  it('take a function with the name of the prototype as any other', async () => {
    const recents = new Recents(memoryStore());
    await recents.use('/a.js', '__proto__', used('[1]'));
    assert.deepEqual(textsOf(recents.of('/a.js', '__proto__')), ['[1]']);
  });
});
