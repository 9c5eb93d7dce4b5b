import { describe, expect, it, vi } from 'vitest';
import { tagOf } from './address.js';
import { noSipFaults } from './sip-faults.js';
import type { WireClient } from './wire-client.js';
import { got, settled, useWireStage } from './wire-stage.js';

const ORDINARY = '+12025550100';
const RINGS = '+12025550107';

const stage = useWireStage();

describe('faults of the login', () => {
  it('silent: a REGISTER has no answer', async () => {
    stage.gateway.faults.login = 'silent';
    const client = await stage.open();
    client.register();
    await settled(client);
    expect(client.order).toEqual(['200 OPTIONS']);
    expect(stage.gateway.logins.length).toBe(1);
  });

  it('drop: the socket is lost', async () => {
    stage.gateway.faults.login = 'drop';
    const client = await stage.open();
    client.register();
    await vi.waitFor(() => expect(client.closed).toBe(true));
  });

  it('reject: right credentials are refused, for REGISTER and INVITE', async () => {
    stage.gateway.faults.login = 'reject';
    const client = await stage.open();
    client.register();
    await got(client, '403 REGISTER');
    client.invite(ORDINARY);
    await got(client, '403 INVITE');
    expect(client.order).toEqual(['401 REGISTER', '403 REGISTER', '407 INVITE', '403 INVITE']);
    expect(stage.network.events).toEqual([]);
  });

  it('challenge again: no credentials are right', async () => {
    stage.gateway.sipFaults.challenge = 'again';
    const client = await stage.open();
    client.register();
    client.invite(ORDINARY);
    await vi.waitFor(() => expect(client.order.length).toBe(4));
    expect(client.order.sort()).toEqual([
      '401 REGISTER',
      '401 REGISTER',
      '407 INVITE',
      '407 INVITE',
    ]);
  });

  it('registerCode: any other refusal, with Retry-After', async () => {
    Object.assign(stage.gateway.sipFaults, { registerCode: 503, retryAfter: 7 });
    const client = await stage.open();
    client.register();
    await got(client, '503 REGISTER');
    expect(client.response(503, 'REGISTER')?.headers.get('retry-after')).toBe('7');
  });

  it('registerCode 423: only what is too short', async () => {
    stage.gateway.sipFaults.registerCode = 423;
    const client = await stage.open();
    client.register(60);
    await got(client, '423 REGISTER');
    expect(client.response(423, 'REGISTER')?.headers.get('min-expires')).toBe('600');
    client.register(600);
    await got(client, '200 REGISTER');
  });
});

describe('faults of the INVITE', () => {
  it('swallow: has no answer at all', async () => {
    const client = await stage.registered();
    stage.gateway.faults.invite = 'swallow';
    client.invite(ORDINARY);
    await settled(client);
    expect(client.order.slice(2)).toEqual(['200 OPTIONS']);
    expect(stage.gateway.invites.length).toBe(1);
    expect(stage.network.events).toEqual([]);
  });

  it('stall: is trying for ever, and its CANCEL is confirmed', async () => {
    const client = await stage.registered();
    stage.gateway.faults.invite = 'stall';
    client.invite(ORDINARY);
    await got(client, '100 INVITE');
    client.cancel();
    await got(client, '487 INVITE');
    expect(client.order.slice(2)).toEqual(['407 INVITE', '100 INVITE', '200 CANCEL', '487 INVITE']);
    expect(stage.network.events).toEqual([]);
  });

  it('error: is 500', async () => {
    const client = await stage.registered();
    stage.gateway.faults.invite = 'error';
    client.invite(ORDINARY);
    await got(client, '500 INVITE');
    expect(stage.network.events).toEqual([]);
  });

  it('late: is trying and ringing only after the answer', async () => {
    const client = await stage.registered();
    stage.gateway.faults.invite = 'late';
    client.invite(ORDINARY);
    await got(client, '180 INVITE');
    expect(client.order.slice(3)).toEqual(['200 INVITE', '100 INVITE', '180 INVITE']);
  });

  it('drop: the socket is lost and no phone rings', async () => {
    const client = await stage.registered();
    stage.gateway.faults.invite = 'drop';
    client.invite(ORDINARY);
    await vi.waitFor(() => expect(client.closed).toBe(true));
    expect(stage.network.events).toEqual([]);
  });

  it('drop-after-placing: the socket is lost and the phone rings', async () => {
    const client = await stage.registered();
    stage.gateway.faults.invite = 'drop-after-placing';
    client.invite(RINGS);
    await stage.network.phone(RINGS).waitFor('ring-start');
    await vi.waitFor(() => expect(client.closed).toBe(true));
    expect(client.order.slice(2)).toEqual(['407 INVITE']);
  });

  it('inviteCode: any other refusal, with Retry-After; not for calls that are up', async () => {
    const client = await stage.talking(ORDINARY);
    Object.assign(stage.gateway.sipFaults, { inviteCode: 503, retryAfter: 12 });
    client.inCall('INVITE', { body: 'again' });
    await vi.waitFor(() => expect(client.response(200)?.body).toBe('answer to again'));
    client.invite(RINGS);
    await got(client, '503 INVITE');
    expect(client.response(503)?.headers.get('retry-after')).toBe('12');
    expect(stage.network.history(RINGS)).toEqual([]);
  });

  it('redirect: is sent elsewhere', async () => {
    stage.gateway.sipFaults.redirect = 'sip:+12025550111@elsewhere.example';
    const client = await stage.registered();
    client.invite(ORDINARY);
    await got(client, '302 INVITE');
    expect(client.response(302)?.headers.get('contact')).toBe(
      '<sip:+12025550111@elsewhere.example>',
    );
    expect(stage.network.events).toEqual([]);
  });

  it('fork: a second phone rings, and is the one that answers', async () => {
    stage.gateway.sipFaults.fork = true;
    const client = await stage.registered();
    client.invite(ORDINARY);
    await got(client, '200 INVITE');
    const tags = client.messages
      .filter((message) => message.kind === 'response' && message.status !== 100)
      .slice(-3)
      .map(({ headers }) => tagOf(headers.get('to')));
    expect(tags[0]).not.toBe(tags[1]);
    expect(tags[2]).toBe(tags[1]);
    expect(stage.network.rings(ORDINARY)).toBe(1);
    client.inCall('ACK');
    client.inCall('BYE');
    await got(client, '200 BYE');
  });
});

describe('faults in the call', () => {
  it('ringing and answer swallowed: the phone is really answered, and a CANCEL ends it', async () => {
    Object.assign(stage.gateway.faults, { ringing: 'swallow', answer: 'swallow' });
    const client = await stage.registered();
    client.invite(ORDINARY);
    await stage.network.phone(ORDINARY).waitFor('answered');
    await settled(client);
    expect(client.order.slice(2)).toEqual(['407 INVITE', '100 INVITE', '200 OPTIONS']);
    client.cancel();
    await got(client, '487 INVITE');
    expect(stage.network.liveCalls).toBe(0);
  });

  it('an answer that was swallowed and is over is no answer', async () => {
    stage.gateway.faults.answer = 'swallow';
    const client = await stage.registered();
    client.invite(ORDINARY);
    await stage.network.phone(ORDINARY).waitFor('answered');
    stage.network.phone(ORDINARY).hangUp();
    await got(client, '480 INVITE');
  });

  it('bye swallowed: BYE and CANCEL have no answer, and the phones stay', async () => {
    const client = await stage.talking(ORDINARY);
    stage.gateway.faults.bye = 'swallow';
    client.inCall('BYE');
    client.invite(RINGS);
    await got(client, '180 INVITE');
    client.cancel();
    await settled(client);
    expect(client.order).not.toContain('200 BYE');
    expect(client.order).not.toContain('200 CANCEL');
    expect(stage.network.liveCalls).toBe(2);
  });

  it('cancel swallowed: has no answer, and the phone rings on', async () => {
    stage.gateway.sipFaults.cancel = 'swallow';
    const client = await stage.registered();
    client.invite(RINGS);
    await got(client, '180 INVITE');
    client.cancel();
    await settled(client);
    expect(client.order.at(-2)).toBe('180 INVITE');
    expect(stage.network.liveCalls).toBe(1);
  });

  it('pong swallowed', async () => {
    stage.gateway.sipFaults.pong = 'swallow';
    const client = await stage.open();
    client.raw('\r\n\r\n');
    await settled(client);
    expect(client.broken).toEqual([]);
  });

  it('reinvite: refused, or without an answer', async () => {
    const client = await stage.talking(ORDINARY);
    stage.gateway.sipFaults.reinvite = 'refuse';
    client.inCall('INVITE', { body: 'a=inactive' });
    await got(client, '488 INVITE');
    stage.gateway.sipFaults.reinvite = 'swallow';
    client.inCall('UPDATE', { body: 'a=inactive' });
    await settled(client);
    expect(client.order.at(-2)).toBe('488 INVITE');
    expect(stage.network.history(ORDINARY).at(-1)?.type).not.toBe('held');
  });

  it('trickle: is said in the answers', async () => {
    stage.gateway.sipFaults.trickle = true;
    const client = await stage.registered();
    client.invite(ORDINARY);
    await got(client, '200 INVITE');
    for (const code of [180, 200]) {
      expect(client.response(code)?.headers.get('supported')).toBe('trickle-ice');
    }
  });

  it('garbage: broken frames come before each message, and the call is as ever', async () => {
    stage.gateway.sipFaults.garbage = true;
    const client = await stage.registered();
    client.invite(ORDINARY);
    await got(client, '200 INVITE');
    expect(client.order).toEqual([
      '401 REGISTER',
      '200 REGISTER',
      '407 INVITE',
      '100 INVITE',
      '180 INVITE',
      '200 INVITE',
    ]);
    expect(client.broken.length).toBe(6 * client.order.length);
  });

  it('candidates: of the answer are taken out, on demand', async () => {
    stage.gateway.settings.candidates = 'none';
    const client = await stage.registered();
    client.invite(ORDINARY, { body: 'a\r\na=candidate:1 1 udp 1 127.0.0.1 5 typ host\r\nb' });
    await got(client, '200 INVITE');
    expect(client.response(200)?.body).toBe('answer to a\r\nb');
  });
});

describe('a lost socket', () => {
  /** The same dialog from another socket. */
  async function elsewhere(method: string, body = ''): Promise<WireClient> {
    const first = await stage.talking(ORDINARY);
    const { headers } = first.response(200) ?? { headers: undefined };
    stage.gateway.dropSockets();
    await vi.waitFor(() => expect(first.closed).toBe(true));
    const second = await stage.open();
    // Beyond the numbers of the first.
    for (let count = 0; count < 20; count += 1)
      second.send('ACK', {
        headers: [
          ['To', '<sip:a@b>'],
          ['Call-ID', 'x'],
        ],
      });
    second.send(method, {
      headers: [
        ['From', headers?.get('from') ?? ''],
        ['To', headers?.get('to') ?? ''],
        ['Call-ID', headers?.get('call-id') ?? ''],
      ],
      body,
    });
    await vi.waitFor(() => expect(second.order.length).toBe(1));
    return second;
  }

  it.each([
    ['ok', 'INVITE', '200 INVITE'],
    ['ok', 'BYE', '200 BYE'],
    ['never', 'INVITE', '481 INVITE'],
    ['never', 'BYE', '481 BYE'],
    ['list-only', 'INVITE', '488 INVITE'],
    ['list-only', 'BYE', '200 BYE'],
  ] as const)('reattach %s: %s over the next one gets %s', async (reattach, method, answer) => {
    stage.gateway.faults.reattach = reattach;
    const client = await elsewhere(method, method === 'INVITE' ? 'again' : '');
    expect(client.order).toEqual([answer]);
    expect(stage.network.liveCalls).toBe(answer === '200 BYE' ? 0 : 1);
  });

  it('is replaced by the one that the browser used last, registered or not', async () => {
    const client = await elsewhere('INVITE', 'again');
    stage.network.phone(ORDINARY).hangUp();
    await got(client, 'BYE');
  });

  it('that does not come back ends its calls when that is wanted', async () => {
    stage.gateway.settings.orphanTimeoutMs = 50;
    const client = await stage.registered();
    client.invite(RINGS);
    await got(client, '180 INVITE');
    stage.gateway.dropSockets();
    await stage.network.phone(RINGS).waitFor('cancelled');
    expect(stage.gateway.openSockets).toBe(0);
  });

  it('takes the answer to its INVITE with it', async () => {
    const first = await stage.registered();
    first.invite(RINGS);
    await got(first, '180 INVITE');
    stage.gateway.dropSockets();
    const second = await stage.registered();
    stage.network.phone(RINGS).answer();
    await settled(second);
    expect(second.order).not.toContain('200 INVITE');
  });

  it('may be half-open', async () => {
    const client = await stage.registered();
    stage.gateway.freezeSockets();
    client.raw('\r\n\r\n');
    const other = await stage.registered();
    await settled(other);
    expect(client.broken).toEqual([]);
    expect(client.closed).toBe(false);
  });
});

it('puts every fault back', async () => {
  const { gateway } = stage;
  Object.assign(gateway.sipFaults, { pong: 'swallow', registerCode: 403, garbage: true });
  gateway.faults.bye = 'swallow';
  gateway.settings.ackTimeoutMs = 1;
  gateway.resetFaults();
  expect(gateway.sipFaults).toEqual(noSipFaults());
  expect(gateway.faults.bye).toBe('ok');
  expect(gateway.settings.ackTimeoutMs).toBe(32_000);
});
