/** A setting that cannot be used. The message is one line that names the variable and the remedy. */
export class ConfigError extends Error {
  constructor(
    readonly variable: string,
    remedy: string,
  ) {
    super(`${variable} ${remedy}`);
    this.name = 'ConfigError';
  }
}
