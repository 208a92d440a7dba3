import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** Nest's own messages as lines of the log. */
export class NestLogger implements LoggerService {
  /** @param isUnexpected false for what is refused as it should be: that is no error of ours */
  constructor(
    private readonly logger: Logger,
    private readonly isUnexpected: (error: Error) => boolean = () => true,
  ) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }
  /** Nest gives the stack before the context. */
  error(message: unknown, ...rest: unknown[]): void {
    if (message instanceof Error && !this.isUnexpected(message)) return this.write('debug', message, rest);
    const [stack, ...others] = rest;
    if (typeof stack === 'string' && stack.includes('\n')) this.write('error', message, others, { stack });
    else this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  private write(level: Level, message: unknown, rest: readonly unknown[], fields: object = {}): void {
    const context = rest.findLast((item) => typeof item === 'string');
    const line = context === undefined ? fields : { ...fields, context };
    if (message instanceof Error) this.logger[level]({ ...line, err: message }, message.message);
    else if (typeof message === 'string') this.logger[level](line, message);
    else this.logger[level]({ ...line, details: message });
  }
}
