/**
 * Waits until `condition` no longer throws and gives its result; rejects with its last error after `timeoutMs`.
 */
export const eventually = async <T>(condition: () => T | Promise<T>, timeoutMs = 5_000): Promise<T> => {
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await condition();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
};
