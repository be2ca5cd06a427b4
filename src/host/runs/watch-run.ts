import { dirname } from 'node:path';
import type { RunData } from '../../profile/run-data';
import type { Engine, RunHandle } from '../../session/engine';
import { chooseNode } from '../choose-node';
import { doctorLines } from '../doctor-lines';
import type { Log } from '../log';
import { runCommand, showOutput, tell, type Action } from '../messages';
import { forNotification } from '../plain-text';
import type { Services } from '../services';
import { noticeOf } from './notice';
import { previewOf } from './preview-of';
import { showProgress } from './progress';

/** Shows a run to the person who asked for it: the profile, progress, silence of the runner, and how it ended. */
export function watchRun(services: Services, handle: RunHandle, how: { show: boolean; asked: boolean }): void {
  if (how.show) services.profile.show(handle.data.id, { preserveFocus: true });
  if (how.show || how.asked) {
    showProgress(handle);
    handle.onUnresponsive(() => tellUnresponsive(handle));
  }
  if (!how.asked) return;
  void handle.ended.then((run) => {
    void tellEnd(services, run, how.show);
    void remember(services, run);
  });
}

/** The next time, the inputs are offered with the calls that they have made. */
async function remember({ recents }: Services, run: RunData): Promise<void> {
  const preview = previewOf(run);
  if (!preview) return;
  const { target, inputs } = run;
  await recents.use(target.file, target.function, { inputs, preview, usedAt: Date.now() });
}

function tellUnresponsive(handle: RunHandle): void {
  const text = `\`${handle.data.target.function}\` does not respond: its process has not answered for some seconds.`;
  tell('warning', forNotification(text), [{ title: 'Kill', run: () => handle.cancel() }]);
}

async function tellEnd(services: Services, run: RunData, shown: boolean): Promise<void> {
  const notice = noticeOf(run);
  if (!notice) return;
  const actions: Action[] = shown ? [showOutput] : [runCommand('Show Profile', 'corewise.showProfile'), showOutput];
  if (await runtimeIsMissing(await services.engine.get(), run, services.log)) {
    const python = run.target.language === 'python';
    actions.unshift(python ? runCommand('Choose Python…', 'corewise.choosePython') : { title: 'Choose Node…', run: chooseNode });
  }
  tell(notice.severity, notice.text, actions);
}

/** A runner that has not even said hello: then the log says where a Node or Python was looked for. */
async function runtimeIsMissing(engine: Engine, run: RunData, log: Log): Promise<boolean> {
  if (run.outcome !== 'failed' || run.environment !== null) return false;
  const doctor = await engine.doctor(dirname(run.target.file));
  for (const line of doctorLines(doctor)) log.warn(line);
  return run.target.language === 'python' ? doctor.python === null : doctor.node === null;
}
