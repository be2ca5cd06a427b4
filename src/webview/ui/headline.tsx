import type { Verdict } from '../../protocol/report';
import { count, duration, grouped, times } from '../../profile/words';
import { shareDone, timeLeft } from '../layout/extent';
import type { RunModel } from '../store/run-model';
import type { Store } from '../store/store';
import { Icon } from './icon';
import { plain } from './plain-text';
import { Notices } from './notices';

/** The sentence that the page is for: how far the run is, what it says of the tasks, or what went wrong. */
export function Headline({ store, run }: { store: Store; run: RunModel }) {
  const { progress, figures } = run;
  if (!progress) return null;
  const stopped = progress.outcome === 'failed' || progress.outcome === 'cancelled';
  return (
    <>
      {run.live && <Progress run={run} />}
      {run.live && <LiveLine run={run} />}
      {stopped && <Banner store={store} run={run} />}
      {!run.live && !stopped && figures?.verdict && <VerdictLine verdict={figures.verdict} />}
      <Notices store={store} run={run} />
    </>
  );
}

function Progress({ run }: { run: RunModel }) {
  const share = run.progress && shareDone(run.progress);
  return <progress class="progress" aria-label="Tasks done" max={1} {...(share === null ? {} : { value: share })} />;
}

function LiveLine({ run }: { run: RunModel }) {
  const progress = run.progress!;
  return (
    <section class="headline" aria-label="Run state">
      <p class="say">
        <span class="pulse" aria-hidden="true" />
        {liveText(run)}
      </p>
      {progress.phase === 'running' && <p class="muted">The verdict comes when the run has ended; figures so far are provisional.</p>}
    </section>
  );
}

function liveText(run: RunModel): string {
  const progress = run.progress!;
  if (progress.phase === 'starting') return 'Starting the runner…';
  if (progress.phase === 'loading') return 'Loading the module…';
  const done = progress.counts.succeeded + progress.counts.failed;
  const total = progress.plan.tasks;
  const left = timeLeft(progress);
  const rate = run.figures?.speedup.estimate;
  return [
    `Running · ${total === null ? count(done, 'task') : `${grouped(done)} of ${count(total, 'task')}`}`,
    ...(left === null ? [] : [`about ${duration(left)} left`]),
    ...(rate == null || progress.plan.model === 'sequential' ? [] : [`so far ≈ ${times(rate)}`]),
  ].join(' · ');
}

/** `CPU-bound: tasks were…` with what comes before the colon in bold, and the first sentence large. */
function VerdictLine({ verdict: { sentence, reasons } }: { verdict: Verdict }) {
  const [, first = sentence, more = ''] = /^(.*?\.)\s+(?=\p{Lu})(.*)$/su.exec(sentence) ?? [];
  const [, lead, rest] = /^([^:]{1,30}:)?(.*)$/s.exec(first)!;
  return (
    <section class="headline" aria-label="Verdict">
      <p class="say">
        {lead && <b>{lead}</b>}
        {rest}
      </p>
      <div class="more">
        {more && <p>{more}</p>}
        <details>
          <summary>Measured</summary>
          {reasons.join(' ')}
        </details>
      </div>
    </section>
  );
}

function Banner({ store, run }: { store: Store; run: RunModel }) {
  // Tasks that were cut off count as failed, but nothing is known of them: the profile is of those with a record.
  const { outcome, message, records: done, plan } = run.progress!;
  const total = plan.tasks === null ? '' : ` of ${grouped(plan.tasks)}`;
  const failed = outcome === 'failed';
  return (
    <section class={failed ? 'banner bad' : 'banner'} role={failed ? 'alert' : undefined} aria-label={failed ? 'The run failed' : 'The run was cancelled'}>
      <Icon name={failed ? 'error' : 'circleSlash'} />
      <p>
        <b>{plain(message ?? (failed ? 'The run failed.' : 'The run was cancelled.'))}</b>{' '}
        {done > 0
          ? `${grouped(done)}${total} ${plan.tasks === 1 ? 'task' : 'tasks'} had finished and ${done === 1 ? 'is' : 'are'} kept: the profile below is of ${done === 1 ? 'it' : 'them'}.`
          : 'No task had finished.'}
      </p>
      <button type="button" class="primary" onClick={() => store.post({ type: 'rerun', runId: run.header.id })}>
        {failed ? 'Retry' : 'Run again'}
      </button>
    </section>
  );
}
