import { describe, expect, it } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { createLogger, openLogger } from './logger.js';
import { NestLogger } from './nest-logger.js';

const collecting = () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'trace', destination: { write: (line: string) => lines.push(line) } });
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? 'null') as Record<string, unknown>;
  return { logger, lines, last };
};

describe('a line of the log', () => {
  it('is JSON with level and time', () => {
    const { logger, last } = collecting();
    logger.info({ tier: 'gold' }, 'approved');
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      tier: 'gold',
      msg: 'approved',
    });
  });

  it('hides what its fields must not show', () => {
    const { logger, lines } = collecting();
    logger.info({ password: 'hunter2', token: 'hunter2', cookie: 'hunter2', authorization: 'hunter2' });
    logger.info({
      req: { headers: { authorization: 'hunter2', cookie: 'hunter2', 'set-cookie': 'hunter2' } },
    });
    logger.info({ body: { variables: { password: 'hunter2', input: { secret: 'hunter2' } } } });
    expect(lines.join('')).not.toContain('hunter2');
  });

  it.each([
    'cannot connect to mongodb://sla:hunter2@mongo:27017/sla',
    'esdb://admin:hunter2@a:2113,b:2113?tls=false is away',
    'Authorization: Bearer hunter2.hunter2.hunter2',
    `key sla_acme.0123456789ab_hunter2${'x'.repeat(36)} was used`,
    'token eyJhbGciOiJFZERTQSJ9.eyJodW50ZXIyIn0.hunter2 was refused',
  ])('hides secrets in its words: %s', (text) => {
    const { logger, lines, last } = collecting();
    logger.error({ err: new Error(text) }, text);
    expect(lines.join('')).not.toContain('hunter2');
    expect(last()['msg']).toContain('***');
  });

  it('stays readable', () => {
    const { logger, last } = collecting();
    logger.info('ana@acme.com approved https://sla.example.com/changes/1 for "gold"\n');
    expect(last()['msg']).toBe('ana@acme.com approved https://sla.example.com/changes/1 for "gold"\n');
  });
});

describe('the log on a terminal', () => {
  const linesOn = async (isTTY: boolean): Promise<string> => {
    const output = Object.assign(new PassThrough(), { isTTY });
    const logger = await openLogger('info', output);
    logger.info({ tier: 'gold' }, 'at esdb://admin:hunter2@a:2113');
    return String(output.read());
  };

  it('is written for people', async () => {
    const text = await linesOn(true);
    expect(text).toContain('INFO');
    expect(() => JSON.parse(text) as unknown).toThrow();
    expect(text).not.toContain('hunter2');
  });

  it('is JSON everywhere else', async () => {
    expect(JSON.parse(await linesOn(false))).toMatchObject({
      level: 'info',
      tier: 'gold',
      msg: 'at esdb://***@a:2113',
    });
  });
});

describe("Nest's messages", () => {
  it('keep their context and their stack', () => {
    const { logger, last } = collecting();
    const nest = new NestLogger(logger);
    nest.log('started', 'NestFactory');
    expect(last()).toMatchObject({ level: 'info', msg: 'started', context: 'NestFactory' });
    nest.error('failed', 'Error: failed\n    at x', 'Injector');
    expect(last()).toMatchObject({
      level: 'error',
      msg: 'failed',
      context: 'Injector',
      stack: expect.any(String),
    });
    nest.error('failed', 'Injector');
    expect(last()).toMatchObject({ msg: 'failed', context: 'Injector' });
    nest.warn({ a: 1 });
    expect(last()).toMatchObject({ level: 'warn', details: { a: 1 } });
    nest.fatal(new Error('gone'));
    expect(last()).toMatchObject({ level: 'fatal', msg: 'gone', err: { message: 'gone' } });
    nest.verbose('detail');
    expect(last()).toMatchObject({ level: 'trace' });
  });

  it('is no error where a caller is refused as they should be', () => {
    const { logger, last } = collecting();
    const nest = new NestLogger(logger, (error) => error instanceof TypeError);
    nest.error(new Error('STALE'), undefined, 'ExceptionsHandler');
    expect(last()).toMatchObject({ level: 'debug', msg: 'STALE' });
    nest.error(new TypeError('ours'), undefined, 'ExceptionsHandler');
    expect(last()).toMatchObject({ level: 'error', msg: 'ours' });
  });
});
