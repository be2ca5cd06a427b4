import { existsSync } from 'node:fs';
import type { Doctor } from '../engine';
import { discoverNode, type FoundNode, type NodeSearch } from './discover';
import type { UsableCores } from './usable-cores';

/** Looks whether runs can work here, and what they can measure. Starts no runner. */
export async function examine({ cores, ...search }: NodeSearch & { readonly cores: UsableCores }): Promise<Doctor> {
  const found = await discoverNode(search);
  const node = found.ok ? found.value : null;
  return {
    healthy: found.ok,
    node: node && { path: node.path, version: node.version, why: node.why, rejected: node.rejected },
    ...(found.ok ? {} : { problem: `${found.error.message} ${found.error.nextStep}` }),
    cores: { machine: cores.machine, usable: cores.usable, why: cores.why },
    measures: measuresOf(node),
  };
}

/** On Linux the kernel tells; elsewhere a Node that can ask for a thread's CPU time. */
function measuresOf(node: FoundNode | null): Doctor['measures'] {
  const schedstat = process.platform === 'linux' && existsSync('/proc/thread-self/schedstat');
  return {
    onCpu: schedstat || node?.threadCpu === true,
    runQueue: schedstat,
    oursPerCore: process.platform === 'linux' && existsSync('/proc/thread-self/stat'),
  };
}
