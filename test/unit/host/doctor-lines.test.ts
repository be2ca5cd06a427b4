import assert from 'node:assert/strict';
import { doctorLines } from '../../../src/host/doctor-lines';

const cores = { machine: 8, usable: 2.5, why: 'the container’s quota' };

describe('doctor lines', () => {
  it('say what was found, what was not taken and what cannot be measured', () => {
    const lines = doctorLines({
      healthy: true,
      node: { path: '/n', version: '24.1.0', why: 'on the PATH', rejected: [{ path: '/old', why: 'it is 18' }] },
      python: { path: '/w/.venv/bin/python', version: '3.13.0', why: 'the project’s', rejected: [{ path: '/py', why: 'it is 3.8' }] },
      cores,
      measures: { onCpu: true, runQueue: false, oursPerCore: false },
    });
    assert.deepEqual(lines, [
      'Node.js 24.1.0 at /n: on the PATH',
      'Not /old: it is 18',
      'Python 3.13.0 at /w/.venv/bin/python: the project’s',
      'Not /py: it is 3.8',
      '2.5 usable cores of 8: the container’s quota',
      'Not measured here: run-queue time, our share of each core',
    ]);
  });

  it('say why there is no Python', () => {
    const measures = { onCpu: true, runQueue: true, oursPerCore: true };
    const node = { path: '/n', version: '24.1.0', why: 'on the PATH', rejected: [] };
    const lines = doctorLines({ healthy: true, node, python: null, pythonProblem: 'No Python was found.', cores, measures });
    assert.equal(lines[1], 'No Python was found.');
  });

  it('begin with what keeps runs from working', () => {
    const measures = { onCpu: true, runQueue: true, oursPerCore: true };
    const lines = doctorLines({ healthy: false, problem: 'There is no /n. Choose another.', node: null, cores, measures });
    assert.equal(lines[0], 'There is no /n. Choose another.');
    assert.equal(lines.length, 2);
  });
});
