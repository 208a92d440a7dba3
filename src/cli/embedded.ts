import { CliError } from './failure.js';

/** The data folder whose log is embedded. @throws CliError NOT_EMBEDDED; ConfigError */
export const embeddedDataDir = async (): Promise<string> => {
  const { readConfig } = await import('../infrastructure/config/config.js');
  const { dataDir, eventStoreUrl } = readConfig(process.env);
  if (eventStoreUrl !== undefined)
    throw new CliError(
      'NOT_EMBEDDED',
      'EVENTSTORE_URL is set: the log is on that server, which has means of its own (docs/operations.md). Unset it to work on DATA_DIR.',
    );
  return dataDir;
};
