import type { Doctor, DoctorRuntime } from '../session/engine';

const rejections = (runtime: DoctorRuntime | null | undefined): string[] => (runtime?.rejected ?? []).map(({ path, why }) => `Not ${path}: ${why}`);

/** What the engine has found to run functions with, and what it has not, for the log. */
export function doctorLines({ problem, node, python, pythonProblem, cores, measures }: Doctor): string[] {
  const measured = Object.entries({ 'CPU time': measures.onCpu, 'run-queue time': measures.runQueue, 'our share of each core': measures.oursPerCore });
  const not = measured.filter(([, known]) => !known).map(([name]) => name);
  return [
    node === null
      ? (problem ?? 'No Node.js was found that can run functions.')
      : `Node.js ${node.version} at ${node.path}: ${node.why}`,
    ...rejections(node),
    ...(python ? [`Python ${python.version} at ${python.path}: ${python.why}`] : pythonProblem === undefined ? [] : [pythonProblem]),
    ...rejections(python),
    `${cores.usable} usable cores of ${cores.machine}: ${cores.why}`,
    ...(not.length === 0 ? [] : [`Not measured here: ${not.join(', ')}`]),
  ];
}
