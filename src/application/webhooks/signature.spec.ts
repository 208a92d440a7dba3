import { expect, it } from '@jest/globals';
import { signatureHeaders } from './signature.js';

it('signs as the reference implementations of Standard Webhooks do', () => {
  const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
  const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'];
  expect(signatureHeaders({ id, timestamp: 1_614_265_330, body: '{"test": 2432232314}', secrets })).toEqual({
    'webhook-id': id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

it('signs with every secret that is valid, as a list with spaces between', () => {
  const signing = { id: 'msg_1', timestamp: 1_614_265_330, body: '{}' };
  const of = (...secrets: string[]) => signatureHeaders({ ...signing, secrets })['webhook-signature'];
  expect(of('whsec_AAAA', 'whsec_AAAB')).toBe(`${of('whsec_AAAA')} ${of('whsec_AAAB')}`);
});

it.each([{ id: 'msg_2' }, { timestamp: 1_614_265_331 }, { body: 'ß' }, { secrets: ['whsec_AAAA'] }])(
  'signs everything: %j',
  (change) => {
    const signing = { id: 'msg_1', timestamp: 1_614_265_330, body: '{}', secrets: ['whsec_AAAB'] };
    const of = (one: typeof signing) => signatureHeaders(one)['webhook-signature'];
    expect(of({ ...signing, ...change })).not.toBe(of(signing));
  },
);
