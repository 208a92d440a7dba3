import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** What figures were measured on; without it they say nothing. */
export const machine = () => ({
  date: new Date().toISOString(),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  /** Over the last minute; above the number of cores, others were at work too. */
  load: Number(loadavg()[0]?.toFixed(2)),
});
