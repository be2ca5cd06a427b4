import type { PanelFinding } from '../../protocol/panel';
import { around } from '../layout/span';
import type { RunModel } from '../store/run-model';
import type { Store } from '../store/store';

/** What the run lost time to, numbered as in the overview; a click shows where. */
export function Findings({ store, run }: { store: Store; run: RunModel }) {
  const findings = run.figures?.findings ?? [];
  if (findings.length === 0) return null;
  return (
    <ol class="findings" aria-label="Findings">
      {findings.map((finding, i) => (
        <li key={i}>
          <button type="button" title="Show where" onClick={() => store.setView(around(finding.from, finding.to, 0.15, run.extent))}>
            <span class="pin">{i + 1}</span>
            <span>{finding.text}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** Whether a finding is about a part of the run that can be pointed at. */
export const isPlace = ({ from, to }: PanelFinding, extent: number): boolean => to - from < extent * 0.98;
