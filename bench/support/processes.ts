import { readdir, readFile } from 'node:fs/promises';

/** Linux tells processor time in hundredths of a second, whatever its kernel counts in. */
const TICK_MICROSECONDS = 10_000;
/** Places in `/proc/PID/stat` behind the name, which may hold anything: see proc(5). */
const PARENT = 1;
const TIMES = [11, 12, 13, 14];

/** Processor time of a process and its children, those that have ended included, in microseconds; 0 where there is no `/proc`. */
export const cpuOfTree = async (root: number): Promise<number> => {
  const pids = (await readdir('/proc').catch(none)).filter((name) => /^\d+$/.test(name));
  const ticks = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(endedMeanwhile);
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (Number(pid) !== root && Number(fields[PARENT]) !== root) return 0;
      return TIMES.reduce((sum, place) => sum + Number(fields[place]), 0);
    }),
  );
  return ticks.reduce((sum, each) => sum + each, 0) * TICK_MICROSECONDS;
};

const none = (): string[] => [];
const endedMeanwhile = (): string => '';
