import type { PanelFigures, PanelLossPart } from '../../protocol/panel';
import type { Language, Plan } from '../../protocol/target';
import { workersText } from '../../profile/plan-words';
import { times } from '../../profile/words';

const names: Record<PanelLossPart['kind'], string> = {
  code: 'your code',
  runQueue: 'waiting for a core',
  transfer: 'transfer',
  startup: 'start-up',
  idle: 'idle',
};

const fillings: Record<PanelLossPart['kind'], string> = {
  code: 'computing',
  runQueue: 'queueing',
  transfer: 'overhead',
  startup: 'startup',
  idle: 'idle',
};

/** Where the lanes went: those that ran the user's code, and what took the others. */
export function LossBar({ figures, plan, language, scale = 1 }: { figures: PanelFigures; plan: Plan; language: Language; scale?: number }) {
  const { loss, lanes, timing } = figures;
  if (!loss) return null;
  const code = loss.find(({ kind }) => kind === 'code')?.times ?? 0;
  const others = loss.filter(({ kind, times: part }) => kind !== 'code' && part >= 0.005 * lanes);
  const waiting = timing.blockedMs === null || !timing.computeMs ? 0 : waitingShare(timing.onCpuMs ?? 0, timing.blockedMs);
  const width = (part: number): { width: string } => ({ width: `${(part / lanes) * 100 * scale}%` });
  return (
    <section class="loss" aria-label="Where the workers’ time went">
      <div class="stack" aria-hidden="true">
        <i class="fill-computing" style={width(code * (1 - waiting))} />
        {waiting > 0 && <i class="fill-waiting" style={width(code * waiting)} />}
        {others.map(({ kind, times: part }) => (
          <i key={kind} class={`fill-${fillings[kind]}`} style={width(part)} />
        ))}
      </div>
      <div class="parts">
        <span>
          {lanesText(plan, language)}: <b>{times(code)}</b> ran your code{others.length > 0 && '; the rest went to'}
        </span>
        <ul>
          {others.map(({ kind, times: part }) => (
            <li key={kind}>
              <i class={`swatch fill-${fillings[kind]}`} />
              {names[kind]} <b>−{times(part)}</b>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

const waitingShare = (onCpu: number, blocked: number): number => (onCpu + blocked > 0 ? blocked / (onCpu + blocked) : 0);

const lanesText = (plan: Plan, language: Language): string =>
  plan.concurrency > 1 ? `${workersText(plan, language)} × ${plan.concurrency} at a time` : workersText(plan, language);
