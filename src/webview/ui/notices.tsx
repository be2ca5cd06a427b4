import { count } from '../../profile/words';
import type { RunModel } from '../store/run-model';
import type { Store } from '../store/store';
import { Icon } from './icon';
import { plain } from './plain-text';

/** Failed tasks, dead workers and warnings: a line each. */
export function Notices({ store, run }: { store: Store; run: RunModel }) {
  const { counts, errors, warnings, workers, outcome, message } = run.progress!;
  const first = errors.find(({ index }) => index >= 0);
  const ofTheRun = errors.filter((error) => error.index < 0 && (outcome !== 'failed' || error.message !== message));
  const faults = workers.filter(({ fault }) => fault !== undefined);
  if (counts.failed + ofTheRun.length + faults.length + warnings.length === 0) return null;
  return (
    <ul class="notices" aria-label="Failures and warnings">
      {counts.failed > 0 && (
        <li>
          <Icon name="error" />
          <button type="button" class="link" onClick={() => store.showFailed()}>
            {count(counts.failed, 'task')} failed
          </button>
          {first && (
            <span class="cut">
              {plain(first.name)}: {plain(first.message)}
            </span>
          )}
        </li>
      )}
      {ofTheRun.map(({ name, message: text }, i) => (
        <Notice key={`error ${i}`} icon="error" text={`${name}: ${text}`} />
      ))}
      {faults.slice(0, 3).map(({ id, fault }) => (
        <Notice key={`worker ${id}`} icon="error" text={`Worker ${id}: ${fault}`} />
      ))}
      {faults.length > 3 && <Notice icon="error" text={`${faults.length - 3} more workers stopped.`} />}
      {warnings.map((warning, i) => (
        <Notice key={`warning ${i}`} icon="warning" text={warning} />
      ))}
    </ul>
  );
}

const Notice = ({ icon, text }: { icon: 'error' | 'warning'; text: string }) => (
  <li>
    <Icon name={icon} />
    <span>{plain(text)}</span>
  </li>
);
