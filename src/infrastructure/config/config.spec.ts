import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { ConfigError, readConfig } from './config.js';

const messageOf = (env: NodeJS.ProcessEnv): string => {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error('The configuration was taken.');
};

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toEqual({
      environment: 'development',
      port: 3000,
      host: '127.0.0.1',
      dataDir: resolve('data'),
      storesWaitMs: 60_000,
      mailFrom: 'SLA matrix manager <sla@localhost>',
      publicUrl: 'http://127.0.0.1:3000',
      roles: ['api', 'projector', 'worker'],
      logLevel: 'info',
      demo: true,
    });
  });

  it('reads everything', () => {
    const env = {
      NODE_ENV: 'production',
      PORT: '8080',
      HOST: '::1',
      DATA_DIR: '/tmp/sla',
      EVENTSTORE_URL: 'esdb://admin:secret@one:2113,two:2113,[::1]:2113?tls=false',
      MONGODB_URL: 'mongodb://u:p%40ss@a:27017,b:27018/sla?replicaSet=rs0',
      STORES_WAIT_SECONDS: '0',
      SMTP_URL: 'smtps://u:p@mail.example.com',
      MAIL_FROM: 'SLA desk <sla@example.com>',
      PUBLIC_URL: 'https://sla.example.com/base/',
      OIDC_ISSUER: 'https://login.example.com/realms/a',
      OIDC_AUDIENCE: 'sla',
      OIDC_ROLES_CLAIM: 'realm_access.roles',
      SLA_ROLES: 'api, worker,api',
      LOG_LEVEL: 'DEBUG',
      SLA_DEMO: 'on',
    };
    expect(readConfig(env)).toEqual({
      environment: 'production',
      port: 8080,
      host: '::1',
      dataDir: '/tmp/sla',
      eventStoreUrl: env.EVENTSTORE_URL,
      mongodbUrl: env.MONGODB_URL,
      storesWaitMs: 0,
      smtpUrl: env.SMTP_URL,
      mailFrom: env.MAIL_FROM,
      publicUrl: 'https://sla.example.com/base',
      oidc: {
        issuer: env.OIDC_ISSUER,
        audience: 'sla',
        orgClaim: 'org',
        rolesClaim: 'realm_access.roles',
      },
      roles: ['api', 'worker'],
      logLevel: 'debug',
      demo: false,
    });
  });

  it('takes what is set to nothing as unset', () => {
    expect(readConfig({ PORT: '', MONGODB_URL: ' ', OIDC_ISSUER: '' })).toEqual(readConfig({}));
  });

  it('leaves the demo out when told to', () => {
    expect(readConfig({ SLA_DEMO: 'off' }).demo).toBe(false);
  });

  it.each([
    { PORT: '-1' },
    { PORT: '65536' },
    { PORT: '3000.5' },
    { PORT: 'http' },
    { PORT: '1e3' },
    { HOST: 'a b' },
    { NODE_ENV: 'prod' },
    { LOG_LEVEL: 'loud' },
    { SLA_DEMO: 'yes' },
    { SLA_ROLES: 'api,web' },
    { SLA_ROLES: ',' },
    { EVENTSTORE_URL: 'http://host:2113' },
    { EVENTSTORE_URL: 'esdb://' },
    { EVENTSTORE_URL: 'esdb://host:99999' },
    { EVENTSTORE_URL: 'esdb://a:2113,,b:2113' },
    { EVENTSTORE_URL: 'host' },
    { MONGODB_URL: 'mongo://host' },
    { MONGODB_URL: 'mongodb://user:hunter2@' },
    { SMTP_URL: 'mail.example.com' },
    { SMTP_URL: 'https://mail.example.com' },
    { MAIL_FROM: 'nobody' },
    { MAIL_FROM: 'a@b.c\r\nBcc: x@y.z' },
    { PUBLIC_URL: 'sla.example.com' },
    { PUBLIC_URL: 'https://u:hunter2@sla.example.com' },
    { PUBLIC_URL: 'javascript:alert(1)' },
    { OIDC_ISSUER: 'http://login.example.com', OIDC_AUDIENCE: 'sla' },
    { OIDC_ISSUER: 'https://u:hunter2@login.example.com', OIDC_AUDIENCE: 'sla' },
  ])('refuses %j in one line that names the variable', (env) => {
    const message = messageOf(env);
    expect(message).toMatch(new RegExp(`^${Object.keys(env)[0]} `));
    expect(message).not.toContain('\n');
    expect(message).toMatch(/\.$/);
    expect(message).not.toContain('hunter2');
  });

  it('wants an issuer and an audience, or neither', () => {
    expect(messageOf({ OIDC_ISSUER: 'https://login.example.com' })).toMatch(/^OIDC_AUDIENCE /);
    expect(messageOf({ OIDC_AUDIENCE: 'sla' })).toMatch(/^OIDC_ISSUER /);
  });

  it('takes an issuer on this machine without TLS', () => {
    const env = { OIDC_ISSUER: 'http://127.0.0.1:9000/oidc', OIDC_AUDIENCE: 'sla' };
    expect(readConfig(env).oidc?.issuer).toBe(env.OIDC_ISSUER);
  });

  it.each(['EVENTSTORE_URL', 'MONGODB_URL', 'SMTP_URL', 'PUBLIC_URL', 'OIDC_ISSUER', 'LOG_LEVEL', 'PORT'])(
    'never repeats a password that stands in %s',
    (variable) => {
      const value = 'wrong://user:hunter2@host:99999/';
      expect(
        messageOf({ OIDC_AUDIENCE: 'sla', OIDC_ISSUER: 'https://a.example', [variable]: value }),
      ).not.toContain('hunter2');
    },
  );
});
