import { UnsupportedServerError } from './eventstoredb-errors.js';

const OLDEST = [21, 10] as const;

/** @param version as the server says it, e.g. `24.2.0.0`; one that cannot be read is let pass */
export const assertSupported = (version: string): void => {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined || minor === undefined) return;
  const older = Number(major) - OLDEST[0] || Number(minor) - OLDEST[1];
  if (older < 0) throw new UnsupportedServerError(version, OLDEST.join('.'));
};
