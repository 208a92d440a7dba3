import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { hasCode, readOrNull } from './fingerprint.mjs';
import { note } from './notes.mjs';

const LONGEST_WAIT_MS = 15 * 60_000;
const BETWEEN_LOOKS_MS = 100;

/**
 * Runs `work` while no other process holds the lock. The file names the holder, so that one who was killed
 * keeps nobody waiting.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const withLock = async (file, work) => {
  mkdirSync(path.dirname(file), { recursive: true });
  await acquire(file);
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
};

/** @param {string} file */
const acquire = async (file) => {
  const until = performance.now() + LONGEST_WAIT_MS;
  for (let told = false; !tryAcquire(file); told = true) {
    if (!told)
      note(
        `Another process (${readOrNull(file) ?? 'just ended'}) is preparing this checkout; waiting for it …`,
      );
    if (performance.now() > until)
      throw new Error(`Waited too long for ${file}. If nothing is running, delete it.`);
    await wait(BETWEEN_LOOKS_MS);
  }
};

/** @param {string} file */
const tryAcquire = (file) => {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    // A link appears with its content or not at all; nobody reads a lock that is still empty.
    return linked(mine, file) || (abandoned(file) && takeAway(file) && linked(mine, file));
  } finally {
    rmSync(mine, { force: true });
  }
};

/** @param {string} file */
const abandoned = (file) => {
  const holder = readOrNull(file);
  return holder !== null && !isAlive(Number(holder));
};

/** Somebody else may have taken it over since we looked; theirs is put back. @param {string} file */
const takeAway = (file) => {
  const aside = `${file}.${process.pid}.old`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
  const ours = abandoned(aside);
  if (!ours) linked(aside, file);
  rmSync(aside, { force: true });
  return ours;
};

/**
 * @param {string} from
 * @param {string} to
 */
const linked = (from, to) => {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
};

/** @param {number} pid */
const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
};
