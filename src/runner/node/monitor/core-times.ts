import { cpus } from 'node:os';
import { ProcFile } from './proc-file';

/** What a core has done since the machine began, in units of its own: only quotients mean anything. */
export interface CoreTime {
  readonly busy: number;
  readonly idle: number;
}

/** A reader of every core's times: Linux's /proc/stat itself (10 µs), elsewhere Node's list, which also looks up models and clocks. */
export function openCoreTimes(): () => CoreTime[] {
  try {
    const file = new ProcFile('/proc/stat');
    if (parseCoreTimes(file.read()).length > 0) return () => parseCoreTimes(file.read());
  } catch {
    // No Linux, or a container without it.
  }
  return () => cpus().map(({ times: { user, nice, sys, irq, idle } }) => ({ busy: user + nice + sys + irq, idle }));
}

/**
 * The lines `cpu0 user nice system idle iowait irq softirq steal …` of /proc/stat. Waiting for a disk is idle; guests are
 * counted in user already.
 */
export function parseCoreTimes(stat: string): CoreTime[] {
  return [...stat.matchAll(/^cpu\d+ (.*)$/gm)].map(([, numbers]) => {
    const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = numbers!.split(' ').map(Number);
    return { busy: user + nice + system + irq + softirq + steal, idle: idle + iowait };
  });
}
