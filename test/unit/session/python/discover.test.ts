import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import { discoverPython, type PythonSearch } from '../../../../src/session/python/discover';

/** What each program prints when it is asked, or why it does not; and other files that there are. */
interface MadeUp {
  readonly programs: Readonly<Record<string, string | Error>>;
  readonly files?: readonly string[];
  readonly platform?: NodeJS.Platform;
}

const says = (version: string, path: string): string => `${version}\n${Number(version.split('.')[1]) >= 14 ? 'True' : 'False'}\n${path}\n`;

async function discover({ programs, files = [], platform = 'linux' }: MadeUp, search: Partial<PythonSearch>) {
  const path = platform === 'win32' ? win32 : posix;
  const all = [...Object.keys(programs), ...files];
  const asked: string[][] = [];
  const found = await discoverPython(
    { folder: platform === 'win32' ? 'C:\\p' : '/p/src', env: {}, ...search },
    {
      platform,
      path,
      resolveFile: async (file) => (all.includes(file) ? file : null),
      list: async (folder) => [...new Set(all.filter((file) => file.startsWith(folder + path.sep)).map((file) => file.slice(folder.length + 1).split(path.sep)[0]!))],
      ask: async (program, args) => {
        asked.push([program, ...args]);
        const answer = programs[program]!;
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
  );
  return { found, asked };
}

const chosen = async (made: MadeUp, search: Partial<PythonSearch> = {}) => {
  const { found } = await discover(made, search);
  assert.ok(found.ok, found.ok ? '' : found.error.message);
  return found.value;
};

describe('discovering a Python', () => {
  const usual = { '/usr/bin/python3': says('3.11.7', '/usr/bin/python3.11') };

  it('takes the first on PATH, by its own name for itself', async () => {
    const { path, version, interpreters, why } = await chosen({ programs: usual }, { env: { PATH: 'bin:/none:/usr/bin' } });
    assert.deepEqual([path, version, interpreters], ['/usr/bin/python3.11', '3.11.7', false]);
    assert.match(why, /python3 on PATH/);
  });

  it('prefers an environment of the project, up to the workspace and no higher', async () => {
    const programs = { ...usual, '/p/.venv/bin/python': says('3.14.0', '/p/.venv/bin/python'), '/venv/bin/python': says('3.12.0', '/venv/bin/python') };
    const files = ['/p/.venv/pyvenv.cfg', '/venv/pyvenv.cfg'];
    const env = { PATH: '/usr/bin' };
    const found = await chosen({ programs, files }, { workspace: ['/p'], env });
    assert.deepEqual([found.path, found.interpreters], ['/p/.venv/bin/python', true]);
    assert.match(found.why, /environment \/p\/\.venv/);
    // Without a workspace, as far as the project's own root.
    assert.equal((await chosen({ programs, files: [...files, '/p/pyproject.toml'] }, { env })).path, '/p/.venv/bin/python');
    assert.equal((await chosen({ programs, files: [...files, '/p/src/setup.py'] }, { env })).path, '/usr/bin/python3.11');
    assert.equal((await chosen({ programs, files: ['/p/.venv/other'] }, { workspace: ['/p'], env })).path, '/usr/bin/python3.11');
  });

  it('prefers an environment that is active', async () => {
    const programs = { ...usual, '/e/bin/python': says('3.9.2', '/e/bin/python'), '/p/.venv/bin/python': says('3.12.0', 'x') };
    const found = await chosen({ programs, files: ['/p/.venv/pyvenv.cfg'] }, { workspace: ['/p'], env: { VIRTUAL_ENV: '/e', PATH: '/usr/bin' } });
    assert.equal(found.path, '/e/bin/python');
  });

  it('passes over what will not do, and says why', async () => {
    const programs = { '/old/python3': says('3.8.18', '/old/python3'), '/broken/python3': new Error('it ended with exit code 1'), '/odd/python3': 'hello', ...usual };
    const found = await chosen({ programs }, { env: { PATH: '/old:/broken:/odd:/usr/bin' } });
    assert.equal(found.path, '/usr/bin/python3.11');
    assert.deepEqual(found.rejected.map(({ path, why }) => `${path}: ${why}`), [
      '/old/python3: it is Python 3.8.18, and 3.9 or newer is needed',
      '/broken/python3: it ended with exit code 1',
      '/odd/python3: its answer is not that of a Python',
    ]);
  });

  it('starts no program of the workspace that is on PATH', async () => {
    const { found, asked } = await discover({ programs: { '/p/bin/python3': says('3.12.0', '/p/bin/python3') } }, { workspace: ['/p'], env: { PATH: '/p/bin' } });
    assert.ok(!found.ok);
    assert.match(found.error.message, /No Python 3\.9 or newer was found\. \/p\/bin\/python3: it lies in the workspace/);
    assert.match(found.error.nextStep, /corewise\.pythonPath/);
    assert.deepEqual(asked, []);
  });

  it('holds to a choice, and says what is wrong with it', async () => {
    const programs = { ...usual, '/mine/python': says('3.10.1', '/mine/python'), '/old': says('3.6.0', '/old') };
    const env = { PATH: '/usr/bin' };
    assert.equal((await chosen({ programs }, { setting: '/mine/python', env })).path, '/mine/python');
    for (const [setting, wrong] of [
      ['python', /not an absolute path/],
      ['/none', /there is no such file/],
      ['/old', /it is Python 3\.6\.0/],
    ] as const) {
      const { found } = await discover({ programs }, { setting, env });
      assert.ok(!found.ok);
      assert.match(found.error.message, wrong);
    }
  });

  it('knows the launcher of Windows, and the stand-in of its store', async () => {
    const store = 'C:\\u\\AppData\\Local\\Microsoft\\WindowsApps';
    const programs = { [`${store}\\python.exe`]: '', 'C:\\Windows\\py.exe': says('3.13.0', 'C:\\Python313\\python.exe') };
    const { found, asked } = await discover({ programs, platform: 'win32' }, { env: { Path: `${store};"C:\\Windows"` } });
    assert.ok(found.ok);
    assert.equal(found.value.path, 'C:\\Python313\\python.exe');
    assert.deepEqual(found.value.rejected.map(({ why }) => why), ['it is a stand-in that opens the Microsoft Store']);
    assert.deepEqual(asked.map((words) => words.slice(0, 3)), [['C:\\Windows\\py.exe', '-3', '-I']]);
  });
});
