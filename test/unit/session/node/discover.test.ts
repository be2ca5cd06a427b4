import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { discoverNode, type FoundNode, type NodeSearch } from '../../../../src/session/node/discover';
import { thisMachine } from '../../../../src/session/node/machine';
import { MadeMachine } from './made-machine';

const folder = '/work/app/src';
const search = (more: Partial<NodeSearch> = {}): NodeSearch => ({ folder, env: { PATH: '/usr/bin:/usr/local/bin' }, ...more });

async function find(machine: MadeMachine, more?: Partial<NodeSearch>): Promise<FoundNode> {
  const found = await discoverNode(search(more), machine);
  assert.ok(found.ok, found.ok ? '' : found.error.message);
  return found.value;
}

async function refuse(machine: MadeMachine, more?: Partial<NodeSearch>): Promise<string> {
  const found = await discoverNode(search(more), machine);
  assert.ok(!found.ok);
  return `${found.error.message} ${found.error.nextStep}`;
}

describe('discovering Node', () => {
  describe('the setting', () => {
    it('comes before everything else', async () => {
      const machine = new MadeMachine({ '/opt/node': { version: '24.0.0' }, '/usr/bin/node': { version: '22.0.0' } }, { '/work/app/.nvmrc': '22' });
      const { path, version, why } = await find(machine, { setting: '/opt/node' });
      assert.deepEqual([path, version], ['/opt/node', '24.0.0']);
      assert.match(why, /chosen in the settings/);
    });

    for (const [what, setting, node, message] of [
      ['is relative', 'node', { version: '24.0.0' }, /not an absolute path: node/],
      ['does not exist', '/no/node', null, /\/no\/node: there is no such file/],
      ['is too old', '/opt/node', { version: '18.20.1' }, /Node\.js 18\.20\.1, and 20 or newer/],
      ['never answers', '/opt/node', { version: '', fails: 'it did not answer in 5 s' }, /did not answer/],
      ['is something else', '/opt/node', { version: '', prints: 'v3.11\n' }, /not that of a Node/],
    ] as const) {
      it(`is an error where it ${what}, and nothing else is taken`, async () => {
        const machine = new MadeMachine({ ...(node ? { '/opt/node': node } : {}), '/usr/bin/node': { version: '22.0.0' } });
        const text = await refuse(machine, { setting });
        assert.match(text, message);
        assert.match(text, /corewise\.nodePath/);
      });
    }
  });

  describe('version files', () => {
    const nodes = {
      '/usr/bin/node': { version: '22.1.0' },
      '/home/u/.nvm/versions/node/v20.11.0/bin/node': { version: '20.11.0' },
      '/home/u/.nvm/versions/node/v20.19.2/bin/node': { version: '20.19.2' },
      '/home/u/.local/share/fnm/node-versions/v24.1.0/installation/bin/node': { version: '24.1.0' },
      '/home/u/.volta/tools/image/node/23.3.0/bin/node': { version: '23.3.0' },
      '/home/u/.asdf/installs/nodejs/21.7.3/bin/node': { version: '21.7.3' },
      '/home/u/.local/share/mise/installs/node/20.5.1/bin/node': { version: '20.5.1' },
      '/home/u/.local/share/mise/installs/node/lts/bin/node': { version: '20.5.1' },
    };

    for (const [name, text, version] of [
      ['.nvmrc', 'v20.11.0\n', '20.11.0'],
      ['.nvmrc', '20 # the one that production runs\n', '20.19.2'],
      ['.nvmrc', '# nothing but words\nlts/krypton\n', '24.1.0'],
      ['.nvmrc', 'lts/iron', '20.19.2'],
      ['.node-version', '21\r\n', '21.7.3'],
      ['.tool-versions', 'python 3.12.1\nnodejs 20.5.1\n', '20.5.1'],
      ['package.json', '{"volta": {"node": "23.3.0"}, "engines": {"node": "20"}}', '23.3.0'],
      ['package.json', '{"engines": {"node": "^20.0.0"}}', '20.19.2'],
    ] as const) {
      it(`follows ${name} with ${JSON.stringify(text)}`, async () => {
        const found = await find(new MadeMachine(nodes, { [`/work/app/${name}`]: text }));
        assert.equal(found.version, version);
        assert.match(found.why, /^\/work\/app\/\S+ asks for .*, and \w+ has installed it\.$/);
      });
    }

    it('prefers the Node on PATH where it will do', async () => {
      const { path, why } = await find(new MadeMachine(nodes, { '/work/app/package.json': '{"engines": {"node": ">=18"}}' }));
      assert.equal(path, '/usr/bin/node');
      assert.match(why, /asks for >=18, and PATH has it/);
    });

    it('takes the nearest file', async () => {
      const machine = new MadeMachine(nodes, { '/work/.nvmrc': '24', '/work/app/src/.node-version': '21' });
      assert.equal((await find(machine)).version, '21.7.3');
    });

    it('finds managers where their variables say', async () => {
      const machine = new MadeMachine({ '/big/nvm/versions/node/v20.1.0/bin/node': { version: '20.1.0' } }, { '/work/app/.nvmrc': '20' });
      assert.equal((await find(machine, { env: { PATH: '', NVM_DIR: '/big/nvm' } })).version, '20.1.0');
    });

    it('says so where nothing satisfies it, and takes what PATH has', async () => {
      const { path, why } = await find(new MadeMachine(nodes, { '/work/app/.nvmrc': '25' }));
      assert.equal(path, '/usr/bin/node');
      assert.match(why, /first on PATH\. \/work\/app\/\.nvmrc asks for 25, which was not found\./);
    });

    it('never takes one that is too old, though a file asks for it', async () => {
      const machine = new MadeMachine({ '/home/u/.nvm/versions/node/v18.1.0/bin/node': { version: '18.1.0' }, '/usr/bin/node': { version: '22.1.0' } }, { '/work/app/.nvmrc': '18' });
      assert.equal((await find(machine)).version, '22.1.0');
    });

    for (const text of ['$(touch /tmp/x)', 'lts/gold', '../../evil', '__proto__', '{"engines": 3}', '{']) {
      it(`passes over ${JSON.stringify(text)}`, async () => {
        const machine = new MadeMachine(nodes, { '/work/app/.nvmrc': text, '/work/app/package.json': text, '/work/.nvmrc': '21' });
        assert.equal((await find(machine)).version, '21.7.3');
      });
    }
  });

  describe('PATH', () => {
    it('gives the first that is new enough, with what was wrong with those before it', async () => {
      const machine = new MadeMachine({ '/usr/bin/node': { version: '18.2.0' }, '/usr/local/bin/node': { version: '20.0.0' } });
      const { path, rejected } = await find(machine);
      assert.equal(path, '/usr/local/bin/node');
      assert.deepEqual(rejected, [{ path: '/usr/bin/node', why: 'it is Node.js 18.2.0, and 20 or newer is needed' }]);
    });

    it('is read in its absolute entries alone', async () => {
      const machine = new MadeMachine({ 'node': { version: '22.0.0' }, './bin/node': { version: '22.0.0' }, 'bin/node': { version: '22.0.0' } });
      const { path } = await find(machine, { env: { PATH: '.:./bin:bin:' } });
      assert.equal(path, '/opt/editor/editor');
      assert.deepEqual(machine.asked, []);
    });

    it('never starts what lies in the workspace, or leads into it', async () => {
      const machine = new MadeMachine(
        { '/work/app/bin/node': { version: '22.0.0' }, '/usr/bin/node': { version: '22.0.0' } },
        {},
        { '/usr/bin/node': '/work/app/bin/node' },
      );
      const { path, rejected } = await find(machine, { env: { PATH: '/work/app/bin:/usr/bin' }, workspace: ['/work/app'] });
      assert.equal(path, '/opt/editor/editor');
      assert.deepEqual(machine.asked, []);
      assert.deepEqual(rejected.map((it) => it.path), ['/work/app/bin/node', '/usr/bin/node']);
    });

    it('gives the program itself where a stand-in starts it', async () => {
      const machine = new MadeMachine({ '/usr/bin/node': { version: '22.0.0', execPath: '/home/u/.volta/tools/image/node/22.0.0/bin/node' } });
      assert.equal((await find(machine)).path, '/home/u/.volta/tools/image/node/22.0.0/bin/node');
    });

    it('is not asked of the Node that this code runs in', async () => {
      const machine = new MadeMachine({ '/usr/bin/node': { version: '' } });
      machine.own = { path: '/usr/bin/node', version: '22.4.0', electron: false, threadCpu: true };
      const found = await find(machine);
      assert.deepEqual([found.path, found.version, found.threadCpu, found.why], ['/usr/bin/node', '22.4.0', true, 'It is the first on PATH.']);
      assert.deepEqual(machine.asked, []);
    });

    it('loads nothing of the environment into those it asks', async () => {
      const machine = new MadeMachine({ '/usr/bin/node': { version: '22.0.0' } });
      await find(machine, { env: { PATH: '/usr/bin', NODE_OPTIONS: '--require /tmp/evil.js', HOME: '/home/u' } });
      assert.deepEqual(machine.asked.map(({ env }) => env), [{ PATH: '/usr/bin', HOME: '/home/u' }]);
    });

    it('means node.exe on Windows, under any spelling of the variable', async () => {
      const machine = new MadeMachine(
        { 'C:\\shims\\node.cmd': { version: '22.0.0' }, 'C:\\Program Files\\nodejs\\node.exe': { version: '22.3.0' } },
        {},
        {},
        'win32',
      );
      const { path } = await find(machine, { folder: 'C:\\work', env: { Path: 'C:\\shims;"C:\\Program Files\\nodejs"' } });
      assert.equal(path, 'C:\\Program Files\\nodejs\\node.exe');
    });
  });

  describe('the editor’s own', () => {
    it('is the last resort, and is told apart', async () => {
      const found = await find(new MadeMachine({}));
      assert.deepEqual([found.path, found.version, found.electron], ['/opt/editor/editor', '22.1.0', true]);
    });

    it('must be new enough too; then the message names all that was tried', async () => {
      const machine = new MadeMachine({ '/usr/bin/node': { version: '16.0.0' } });
      machine.own = { ...machine.own, version: '18.1.0' };
      assert.match(await refuse(machine), /No Node\.js 20 or newer was found\. \/usr\/bin\/node: it is Node\.js 16.* \/opt\/editor\/editor: it is Node\.js 18.*Install/);
    });
  });

  describe('on this machine', () => {
    it('finds the Node that runs this test', async () => {
      const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };
      const found = await discoverNode({ folder: tmpdir(), workspace: [], env });
      assert.ok(found.ok);
      assert.equal(found.value.version, process.versions.node);
      assert.equal(found.value.path, process.execPath);
    });

    it('gives up on a program that hangs, or fails, with the reason', async function () {
      if (process.platform === 'win32') this.skip();
      const bin = await mkdtemp(join(tmpdir(), 'corewise-node-'));
      try {
        for (const [body, why] of [['sleep 60', /did not answer in 0\.2 s/], ['exit 7', /exit code 7/], ['kill -9 $$', /SIGKILL/]] as const) {
          await writeFile(join(bin, 'node'), `#!/bin/sh\n${body}\n`);
          await chmod(join(bin, 'node'), 0o755);
          await assert.rejects(thisMachine.ask(join(bin, 'node'), [], process.env, 200), why);
        }
        await assert.rejects(thisMachine.ask(join(bin, 'none'), [], process.env, 200), /there is no such file/);
      } finally {
        await rm(bin, { recursive: true });
      }
    });
  });
});
