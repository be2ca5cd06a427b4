import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { discoverPython, type PythonSearch } from '../../../../src/session/python/discover';

/** A machine with a Python of the user's and one of an environment, where a program prints its version and its own path. */
function discover(search: Partial<PythonSearch>, programs: Readonly<Record<string, string>> = { '/usr/bin/python3': '3.12.1', '/env/bin/python': '3.13.0' }) {
  return discoverPython(
    { folder: '/p', env: { PATH: '/usr/bin' }, ...search },
    {
      platform: 'linux',
      path: posix,
      resolveFile: async (file) => (file in programs ? file : null),
      list: async () => [],
      ask: async (program) => `${programs[program]}\nFalse\n${program}\n`,
    },
  );
}

describe('a Python that something else has chosen', () => {
  const chosen = { path: '/env/bin/python', why: 'It is the one chosen in an extension.' };

  it('goes before whatever would be found, and is told with its reason', async () => {
    const found = await discover({ chosen });
    assert.ok(found.ok);
    assert.deepEqual([found.value.path, found.value.version, found.value.why], ['/env/bin/python', '3.13.0', chosen.why]);
  });

  it('goes after the user’s setting', async () => {
    const found = await discover({ chosen, setting: '/usr/bin/python3' });
    assert.ok(found.ok);
    assert.equal(found.value.path, '/usr/bin/python3');
  });

  it('is not passed over where it does not work, or is too old', async () => {
    const gone = await discover({ chosen: { ...chosen, path: '/gone/python' } });
    assert.match(gone.ok ? '' : gone.error.message, /does not work: \/gone\/python: there is no such file/);
    const old = await discover({ chosen }, { '/usr/bin/python3': '3.12.1', '/env/bin/python': '3.8.18' });
    assert.match(old.ok ? '' : old.error.message, /\/env\/bin\/python: it is Python 3\.8\.18, and 3\.9 or newer is needed/);
    assert.match(old.ok ? '' : (old.error.nextStep ?? ''), /Choose another one there/);
  });
});
