import { count } from '../../profile/words';
import type { Doctor } from '../../session/engine';
import type { DoctorArguments } from '../arguments';
import { ExitCode } from '../exit-codes';
import { withEngine } from '../open-engine';
import { print, printJson } from '../output';
import { terminalOf, type Style } from '../terminal';

export async function doctor({ json }: DoctorArguments): Promise<ExitCode> {
  const found = await withEngine((engine) => engine.doctor(process.cwd()));
  if (json) await printJson({ version: 1, ...found });
  else await print([`${doctorLines(found, terminalOf(process.stdout, process.env).style).join('\n')}\n`]);
  return found.healthy ? ExitCode.ok : ExitCode.noRunner;
}

export function doctorLines({ node, problem, python, pythonProblem, cores, measures }: Doctor, style: Style): string[] {
  const yes = style.green('✔');
  const no = style.red('✘');
  const measured = [
    [measures.onCpu, 'time on a CPU'],
    [measures.runQueue, 'time in the queue for a core'],
    [measures.oursPerCore, 'this run’s share of each core'],
  ] as const;
  return [
    ...(node
      ? [`${yes} ${style.bold(`Node.js ${node.version}`)}  ${node.path}`, `  ${node.why}`]
      : [`${no} ${style.bold('No Node.js')}  ${problem ?? ''}`]),
    ...(node?.rejected ?? []).map(({ path, why }) => style.dim(`  Not ${path}: ${why}.`)),
    ...(python
      ? [`${yes} ${style.bold(`Python ${python.version}`)}  ${python.path}`, `  ${python.why}`]
      : [`${style.yellow('–')} ${style.bold('No Python')}  ${pythonProblem ?? ''}`]),
    ...(python?.rejected ?? []).map(({ path, why }) => style.dim(`  Not ${path}: ${why}.`)),
    `${yes} ${style.bold(count(cores.usable, 'usable core'))}  ${cores.why}`,
    ...measured.map(([known, what]) => (known ? `${yes} Measures ${what}` : `${style.yellow('–')} Cannot measure ${what} here`)),
  ];
}
