import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { examine } from '../../../../src/session/node/doctor';

const cores = { machine: 8, usable: 1.5, why: 'A quota of this container allows 1.5 of 8 cores.' };

describe('doctor', () => {
  it('tells of a healthy machine', async () => {
    const doctor = await examine({ setting: process.execPath, folder: tmpdir(), env: process.env, cores });
    assert.equal(doctor.healthy, true);
    assert.equal(doctor.node?.version, process.versions.node);
    assert.deepEqual(doctor.cores, cores);
    assert.equal(doctor.measures.runQueue, process.platform === 'linux' && existsSync('/proc/thread-self/schedstat'));
  });

  it('tells what is wrong, and what to do', async () => {
    const doctor = await examine({ setting: '/no/such/node', folder: tmpdir(), env: process.env, cores });
    assert.equal(doctor.healthy, false);
    assert.equal(doctor.node, null);
    assert.match(doctor.problem ?? '', /\/no\/such\/node: there is no such file\. Choose another/);
  });
});
