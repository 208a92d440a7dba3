/** Tells the parent where the server listens, and how much processor time it has used whenever it asks. */
export const report = (url: string): void => {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  });
  process.on('disconnect', () => process.exit());
  process.send?.({ url });
};

export const parameters = <T>(): T => JSON.parse(process.argv[2] ?? '{}') as T;
