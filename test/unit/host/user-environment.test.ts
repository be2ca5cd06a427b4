import assert from 'node:assert/strict';
import { userEnvironment } from '../../../src/host/user-environment';

describe('environment of user code', () => {
  it('is the user’s, without what the editor added', () => {
    const env = { PATH: '/bin', ELECTRON_RUN_AS_NODE: '1', VSCODE_IPC_HOOK: '/tmp/x', Vscode_Pid: '1', MY_VSCODE_THEME: 'dark' };
    assert.deepEqual(userEnvironment(env), { PATH: '/bin', MY_VSCODE_THEME: 'dark' });
  });

  it('keeps the user’s own NODE_OPTIONS and drops the debugger’s', () => {
    const bootloader = '--require "/x/ms-vscode.js-debug/src/bootloader.js"';
    assert.equal(userEnvironment({ NODE_OPTIONS: `${bootloader} --max-old-space-size=4096` }).NODE_OPTIONS, '--max-old-space-size=4096');
    assert.ok(!('NODE_OPTIONS' in userEnvironment({ NODE_OPTIONS: '--import=/x/js-debug/boot.mjs' })));
  });

  it('restores the NODE_OPTIONS that VS Code has put aside', () => {
    const env = userEnvironment({ VSCODE_NODE_OPTIONS: '--enable-source-maps' });
    assert.deepEqual(env, { NODE_OPTIONS: '--enable-source-maps' });
  });
});
