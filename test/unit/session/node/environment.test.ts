import assert from 'node:assert/strict';
import { cleanEnvironment, cleanNodeOptions } from '../../../../src/session/node/environment';

const bootloader = '"/home/u/.vscode/extensions/ms-vscode.js-debug/src/boot loader.js"';

describe('environment of user code', () => {
  it('is the user’s without the editor’s', () => {
    const env = { PATH: '/bin', HOME: '/home/u', ELECTRON_RUN_AS_NODE: '1', VSCODE_PID: '12', VSCODE_INSPECTOR_OPTIONS: '{}', NODE_CHANNEL_FD: '3', NODE_ENV: 'test' };
    assert.deepEqual(cleanEnvironment(env), { PATH: '/bin', HOME: '/home/u', NODE_ENV: 'test' });
    assert.equal(Object.keys(env).length, 7);
  });

  for (const [what, options, kept] of [
    ['a debugger’s bootloader', `--require ${bootloader}`, ''],
    ['the same joined by =', `--import=${bootloader} --max-old-space-size=4096`, '--max-old-space-size=4096'],
    ['one of a remote server', '-r /root/.vscode-server/extensions/x/preload.js -r ./mine.js', '-r ./mine.js'],
    ['one that comes with the editor', '--require /usr/share/code/resources/app/extensions/ms-vscode.js-debug/b.js --no-warnings', '--no-warnings'],
    ['the inspector', '--inspect-brk=127.0.0.1:9229 --inspect --inspect-port 0 --enable-source-maps', '--enable-source-maps'],
    ['nothing of the user’s', '--require ./a.js --import "file:///with space/b.mjs" --conditions=dev', '--require ./a.js --import "file:///with space/b.mjs" --conditions=dev'],
    ['nothing of a path that looks alike', '--require /home/u/js-debugger-of-mine/../x.js --title="a \\" b"', '--require /home/u/js-debugger-of-mine/../x.js --title="a \\" b"'],
  ] as const) {
    it(`takes ${what} out of NODE_OPTIONS`, () => assert.equal(cleanNodeOptions(options), kept));
  }

  it('has no NODE_OPTIONS where nothing of them is left', () => {
    assert.deepEqual(cleanEnvironment({ NODE_OPTIONS: `--require ${bootloader}`, A: '1' }), { A: '1' });
  });

  it('puts back what VS Code put aside', () => {
    assert.deepEqual(cleanEnvironment({ VSCODE_NODE_OPTIONS: '--no-warnings', NODE_OPTIONS: '--inspect' }), { NODE_OPTIONS: '--no-warnings' });
  });
});
