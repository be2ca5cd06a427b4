import type { Doctor } from '../session/engine';

/** What the engine has found to run functions with, and what it has not, for the log. */
export function doctorLines({ problem, node, cores, measures }: Doctor): string[] {
  const measured = Object.entries({ 'CPU time': measures.onCpu, 'run-queue time': measures.runQueue, 'our share of each core': measures.oursPerCore });
  const not = measured.filter(([, known]) => !known).map(([name]) => name);
  return [
    node === null
      ? (problem ?? 'No Node.js was found that can run functions.')
      : `Node.js ${node.version} at ${node.path}: ${node.why}`,
    ...(node?.rejected ?? []).map(({ path, why }) => `Not ${path}: ${why}`),
    `${cores.usable} usable cores of ${cores.machine}: ${cores.why}`,
    ...(not.length === 0 ? [] : [`Not measured here: ${not.join(', ')}`]),
  ];
}
