import { describe, expect, it } from '@jest/globals';
import { MongoDbReadStore } from './mongodb-read-store.js';
import { WeakWriteConcernError } from './mongodb-errors.js';

describe('the URL of MongoDB', () => {
  it.each(['w=1', 'w=0', 'w=2', 'journal=false', 'w=majority&wtimeoutMS=10'])(
    'is refused with %s',
    (option) => {
      expect(() => new MongoDbReadStore({ url: `mongodb://a:27017/sla?${option}` })).toThrow(
        WeakWriteConcernError,
      );
    },
  );

  it.each(['', '?w=majority', '?replicaSet=rs0&journal=true'])('is taken with "%s"', async (options) => {
    await new MongoDbReadStore({ url: `mongodb://a:27017/sla${options}` }).close();
  });

  it.each([
    ['mongodb://u:hunter2@a/sla?tls=maybe', /^MONGODB_URL cannot be used: tls\/ssl must be/],
    ['mongodb://u:hunter2%zz@a/sla', /^MONGODB_URL cannot be used: .+\.$/],
    ['mongodb://u:hunter2@a/%zz', /^MONGODB_URL cannot be used: .+\.$/],
    ['mongodb://u:hunter2@a/sla?replicaSet=', /^MONGODB_URL cannot be used: URI option "replicaSet" .+\.$/],
    [
      'mongodb://u:hunter2@a/sla?nonsense=1',
      /^MONGODB_URL cannot be used: option nonsense is not supported\.$/,
    ],
  ])('is refused in one line when the driver cannot use it', (url, line) => {
    expect(() => new MongoDbReadStore({ url })).toThrow(line);
    expect(() => new MongoDbReadStore({ url })).not.toThrow(/hunter2/);
  });

  it('is refused for good where a file that it names is not there', async () => {
    const store = new MongoDbReadStore({ url: 'mongodb://a:27017/sla?tls=true&tlsCAFile=/no/such/file' });
    const refused = await store.ping().catch((error: unknown) => error);
    expect(refused).toMatchObject({ passes: false, message: expect.stringMatching(/^MONGODB_URL .+ENOENT/) });
    await store.close();
  });

  it('names the remedy without repeating a password', () => {
    const open = () => new MongoDbReadStore({ url: 'mongodb://u:hunter2@a/sla?w=1' });
    expect(open).toThrow(/MONGODB_URL asks for w=1.*Leave w/);
    expect(open).not.toThrow(/hunter2/);
  });
});
