import { describe, expect, it, jest } from '@jest/globals';
import { Connection, ownConnection } from './connection.js';

const intervalOf = (url: string): number => Number(/keepAliveInterval=(\d+)/i.exec(url)?.[1]);

describe('a connection of one’s own', () => {
  it.each(['esdb://localhost:2113', 'esdb://user:pass@a:2113,b:2113?tls=true'])(
    'differs from every other to %s',
    (url) => {
      const intervals = Array.from({ length: 100 }, () => intervalOf(ownConnection(url)));
      expect(new Set(intervals).size).toBe(100);
      expect(Math.min(...intervals)).toBeGreaterThanOrEqual(10_000);
    },
  );

  it.each(['esdb://u:hunter2@h:2113?tls=maybe', 'esdb://u:hunter2@h:2113?tls=true&tlsCAFile=/no/such/file'])(
    'refuses in one line what the client cannot use',
    (url) => {
      expect(() => new Connection(url)).toThrow(/^EVENTSTORE_URL cannot be used: .+$/);
      expect(() => new Connection(url)).not.toThrow(/hunter2/);
    },
  );

  it('refuses an option that the client would ignore, and drops one without effect', async () => {
    const said = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    expect(() => new Connection('esdb://u:hunter2@h:2113?tsl=false')).toThrow(
      /^EVENTSTORE_URL cannot be used: there is no option tsl\. There are: .*, tls, .+$/,
    );
    for (const options of ['?tlsVerifyCert=false', '?tls=false&tls_verify_cert=false&Node-Preference=leader'])
      await new Connection(`esdb://u:hunter2@h:2113${options}`).close(0);
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });

  it('leaves keep-alive pings switched off', () => {
    expect(ownConnection('esdb://h:2113?keepAliveInterval=-1')).toBe('esdb://h:2113?keepAliveInterval=-1');
  });

  it('keeps the rest of the connection string, and about the interval it asks for', () => {
    const own = ownConnection('esdb+discover://h:2113?keepaliveinterval=30000&tls=false');
    expect(own).toMatch(/^esdb\+discover:\/\/h:2113\?keepaliveinterval=30\d{3}&tls=false$/);
  });
});
