/** Notes for people. Always on stderr: stdout belongs to the result of the command. */
export const note = (/** @type {string} */ text) => process.stderr.write(`${text}\n`);

export const seconds = (/** @type {number} */ since) =>
  `${((performance.now() - since) / 1000).toFixed(1)} s`;

/**
 * Says what is being done and how long it took; on a terminal the seconds count up meanwhile.
 *
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const withProgress = async (what, work) => {
  const began = performance.now();
  const terminal = process.stderr.isTTY === true;
  const show = () => process.stderr.write(`\r${what} … ${seconds(began)}`);
  if (!terminal) note(`${what} …`);
  const timer = terminal ? setInterval(show, 200) : undefined;
  try {
    const result = await work();
    note(`${terminal ? '\r' : ''}${what}: done in ${seconds(began)}`);
    return result;
  } catch (error) {
    note(`${terminal ? '\r' : ''}${what}: failed after ${seconds(began)}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
};
