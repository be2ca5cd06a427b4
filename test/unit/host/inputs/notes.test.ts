import assert from 'node:assert/strict';
import { notesOf } from '../../../../src/host/inputs/notes';

const warning = (code: string, line = 3) => ({ code, message: `\`n\` of ${code} $(trash)`, line });

describe('notes before a run', () => {
  it('say what it is, where, and the sentence', () => {
    const [note] = notesOf([warning('module-state')]);
    assert.deepEqual(note, { kind: 'note', line: 3, label: '$(info) Each worker has its own copy', description: 'line 3', detail: '`n` of module-state \\$(trash)' });
  });

  it('mark what may break a run', () => {
    const icons = ['module-state', 'skipped-setup', 'effect', 'new-object', 'refused', 'other'].map((code) => /\$\(([\w-]+)\)/.exec(notesOf([warning(code)])[0]!.label)?.[1]);
    assert.deepEqual(icons, ['info', 'warning', 'warning', 'info', 'error', 'info']);
  });

  it('leave room for the inputs', () => {
    assert.equal(notesOf(Array.from({ length: 30 }, (_, i) => warning('effect', i + 1))).length, 5);
  });
});
