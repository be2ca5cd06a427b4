import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { cpuBudget, type CpuBudget, type ReadText } from '../../base/cpu-budget';

export interface UsableCores extends CpuBudget {
  /** Logical cores of the machine. */
  readonly machine: number;
}

/** How many cores runs on this machine may use: after the affinity mask and the container's quota, if there is one. */
export function usableCores(): UsableCores {
  const parallelism = availableParallelism();
  const machine = Math.max(cpus().length, parallelism);
  return { machine, ...cpuBudget(readText, machine, parallelism) };
}

const readText: ReadText = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Another system, or a file that this kernel does not have.
    return null;
  }
};
