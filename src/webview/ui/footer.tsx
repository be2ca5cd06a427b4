import type { Environment } from '../../protocol/report';
import { planText } from '../../profile/plan-words';
import type { RunModel } from '../store/run-model';
import { plain } from './plain-text';
import { when } from './when';

export const Footer = ({ run, onHelp }: { run: RunModel; onHelp: () => void }) => (
  <footer class="foot">
    <Keys names={['W', 'S']} meaning="zoom" />
    <Keys names={['A', 'D']} meaning="pan" />
    <Keys names={['←', '→']} meaning="task" />
    <Keys names={['↑', '↓']} meaning="worker" />
    <Keys names={['F']} meaning="fit" />
    <Keys names={['T']} meaning="table" />
    <button type="button" class="keys" onClick={onHelp}>
      <kbd>?</kbd> all keys
    </button>
    <span class="spring" />
    <span class="cut" title={aboutRun(run)}>
      {aboutRun(run)}
    </span>
  </footer>
);

/** Its inputs, what ran the calls, when, and where. */
function aboutRun({ header, progress }: RunModel): string {
  const plan = progress ? planText(progress.plan, header.language) : '';
  return [plain(header.inputs), plan, when(header.requestedAt), environmentText(progress?.environment ?? null)].filter(Boolean).join(' · ');
}

const Keys = ({ names, meaning }: { names: readonly string[]; meaning: string }) => (
  <span class="keys">
    {names.map((name) => (
      <kbd key={name}>{name}</kbd>
    ))}{' '}
    {meaning}
  </span>
);

/** `Node 24.1.0 · 8 of 12 cores` */
export function environmentText(environment: Environment | null): string {
  if (!environment) return '';
  const { runtime, runtimeVersion, cores, usableCores } = environment;
  const names: Record<string, string> = { node: 'Node', electron: 'VS Code’s own Node', python: 'Python' };
  const usable = usableCores < cores ? `${Number(usableCores.toFixed(1))} of ${cores} cores` : `${cores} ${cores === 1 ? 'core' : 'cores'}`;
  return `${plain(names[runtime] ?? runtime)} ${plain(runtimeVersion).replace(/^v/, '')} · ${usable}`;
}
