import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { labNow } from '../clock.js';
import { tagOf } from './address.js';
import { got, settled, useWireStage } from './wire-stage.js';

const ORDINARY = '+12025550100';
const RINGS = '+12025550107';

const stage = useWireStage();

/** Digits that the phone saw. */
const digits = (number: string) =>
  stage.network.history(number).flatMap(({ type, digit }) => (type === 'digit' ? [digit] : []));

describe('the socket', () => {
  it('must speak SIP', async () => {
    const socket = new WebSocket(stage.gateway.url);
    const [code] = await once(socket, 'close');
    expect(code).toBe(1002);
  });

  it('answers a ping with a pong, and OPTIONS with the methods it knows', async () => {
    const client = await stage.open();
    client.raw('\r\n\r\n');
    await vi.waitFor(() => expect(client.broken).toEqual(['\r\n']));
    await settled(client);
    expect(client.response(200, 'OPTIONS')?.headers.get('allow')).toContain('REFER');
  });

  it('ignores what is no SIP, and refuses what it does not know', async () => {
    const client = await stage.open();
    for (const text of ['hello', 'INVITE sip:a@b SIP/2.0\r\n\r\n', '\r\n']) client.raw(text);
    client.send('MESSAGE', {
      headers: [
        ['To', '<sip:bob@lab.example>'],
        ['Call-ID', 'm'],
      ],
    });
    client.send('BYE', {
      headers: [
        ['To', '<sip:bob@lab.example>'],
        ['Call-ID', 'b'],
      ],
    });
    await got(client, '481 BYE');
    expect(client.order).toEqual(['405 MESSAGE', '481 BYE']);
  });
});

describe('REGISTER', () => {
  it('is challenged, and then holds for as long as it says', async () => {
    const client = await stage.registered();
    expect(client.order).toEqual(['401 REGISTER', '200 REGISTER']);
    const contact = client.response(200, 'REGISTER')?.headers.get('contact');
    expect(contact).toMatch(/^<sip:\w+@browser.invalid;transport=ws>;reg-id=1;expires=300$/);
    expect(stage.gateway.registered).toEqual(['alice']);
    expect(stage.gateway.logins).toMatchObject([{ token: 'alice' }]);
    client.register(0);
    await vi.waitFor(() => expect(stage.gateway.registered).toEqual([]));
    expect(stage.gateway.logins.length).toBe(1);
  });

  it('is challenged again when the password is wrong', async () => {
    const client = await stage.open({ password: 'secret' });
    client.register();
    await vi.waitFor(() => expect(client.order).toEqual(['401 REGISTER', '401 REGISTER']));
    await settled(client);
    expect(stage.gateway.registered).toEqual([]);
    expect(stage.gateway.logins.length).toBe(1);
  });

  it('takes a bearer token without a challenge, unless it is a bad one', async () => {
    const client = await stage.registered({ bearer: 'lab-sip-1' });
    expect(client.order).toEqual(['200 REGISTER']);
    const other = await stage.open({ user: 'bob', bearer: 'bad-token' });
    other.register();
    await got(other, '401 REGISTER');
    expect(other.response(401, 'REGISTER')?.headers.get('www-authenticate')).toContain(
      'invalid_token',
    );
    expect(stage.gateway.logins.map(({ token }) => token)).toEqual(['lab-sip-1', 'bad-token']);
    expect(stage.gateway.registered).toEqual(['alice']);
  });

  it('takes no credentials twice, nor those of another request', async () => {
    const client = await stage.registered();
    const header = stage.gateway.frames
      .filter(({ text }) => text.startsWith('REGISTER'))
      .flatMap(({ text }) => /^Authorization: (.*)\r$/m.exec(text)?.[1] ?? []);
    client.send('REGISTER', {
      uri: 'sip:lab.example',
      headers: [
        ['To', '<sip:alice@lab.example>'],
        ['Call-ID', 'again'],
        ['Contact', '<sip:x@browser.invalid>'],
        ['Authorization', header[0] ?? ''],
      ],
    });
    await vi.waitFor(() => expect(client.order.length).toBe(3));
    expect(client.response(401, 'REGISTER')?.headers.get('www-authenticate')).toContain('stale');
  });
});

describe('INVITE', () => {
  it('is challenged, then trying, ringing, answered, with one tag', async () => {
    const client = await stage.registered();
    client.invite(ORDINARY);
    await got(client, '200 INVITE');
    expect(client.order.slice(2)).toEqual(['407 INVITE', '100 INVITE', '180 INVITE', '200 INVITE']);
    expect(client.response(200)?.body).toBe('answer to offer');
    const tags = [180, 200].map((code) => tagOf(client.response(code)?.headers.get('to') ?? ''));
    expect(tags[0]).toMatch(/\w+/);
    expect(tags[1]).toBe(tags[0]);
    expect(tagOf(client.response(100)?.headers.get('to') ?? '')).toBe('');
    expect(stage.gateway.invites).toMatchObject([
      { to: ORDINARY, params: { 'everdial-call-id': 'call-1' } },
    ]);
    expect(stage.network.events[0]).toMatchObject({ carrier: 'sip', callId: 'call-1' });
    expect(stage.gateway.logins.length).toBe(1);
  });

  it('is a login when nobody is registered', async () => {
    const client = await stage.open();
    client.invite(ORDINARY);
    await got(client, '200 INVITE');
    expect(stage.gateway.logins).toMatchObject([{ token: 'alice' }]);
    expect(stage.gateway.invites.length).toBe(1);
    const other = await stage.open({ user: 'bob', bearer: 'bad-token' });
    other.invite(ORDINARY);
    await got(other, '401 INVITE');
    expect(stage.network.rings(ORDINARY)).toBe(1);
  });

  it('carries early media in 183, and the same SDP in the answer', async () => {
    const client = await stage.registered();
    client.invite('+12025550108');
    await got(client, '200 INVITE');
    expect(client.order.slice(3)).toEqual(['100 INVITE', '180 INVITE', '183 INVITE', '200 INVITE']);
    expect(client.response(183)?.body).toBe(client.response(200)?.body);
  });

  it.each([
    ['+12025550101', 486, 'Q.850;cause=17;text="USER_BUSY"'],
    ['+12025550103', 603, 'Q.850;cause=21;text="CALL_REJECTED"'],
    ['+12025550104', 404, 'Q.850;cause=1;text="UNALLOCATED_NUMBER"'],
    ['+12025550105', 503, 'Q.850;cause=41;text="NORMAL_TEMPORARY_FAILURE"'],
  ])('to %s is refused with %i', async (number, status, reason) => {
    const client = await stage.registered();
    client.invite(number);
    await got(client, `${status} INVITE`);
    expect(client.response(status)?.headers.get('reason')).toBe(reason);
    expect(stage.peers[0]?.asked.at(-1)).toBe('close');
  });

  it('is ended by the carrier, for which Q.850 has no cause', async () => {
    const client = await stage.registered();
    client.invite(RINGS, { headers: [['X-Everdial-Attempt', '1']] });
    await got(client, '180 INVITE');
    expect(stage.network.endLeg('call-1', 1)).toBe('ringing');
    await got(client, '487 INVITE');
    expect(client.response(487)?.headers.get('reason')).toBe('');
  });

  it('with a broken offer is refused', async () => {
    const client = await stage.registered();
    client.invite(RINGS, { body: 'broken' });
    await got(client, '488 INVITE');
    expect(stage.network.liveCalls).toBe(0);
  });

  it.each([
    [[['P-Preferred-Identity', '<sip:+12025550199@lab.example>']], '+12025550199'],
    [[], 'alice'],
    [[['Privacy', 'id']], undefined],
  ] as const)('tells the network who calls: %j', async (headers, from) => {
    const calls: unknown[] = [];
    const place = stage.network.place.bind(stage.network);
    stage.network.place = (call, listener) => {
      calls.push(call.from);
      return place(call, listener);
    };
    const client = await stage.registered();
    client.invite(ORDINARY, { headers });
    await got(client, '200 INVITE');
    expect(calls).toEqual([from]);
  });
});

describe('CANCEL', () => {
  it('stops the ringing: 200, and 487 for the INVITE', async () => {
    const client = await stage.registered();
    client.invite(RINGS);
    await got(client, '180 INVITE');
    client.cancel();
    await got(client, '487 INVITE');
    expect(client.order.slice(-2)).toEqual(['200 CANCEL', '487 INVITE']);
    expect(stage.network.history(RINGS).at(-1)?.type).toBe('cancelled');
    client.cancel();
    await got(client, '481 CANCEL');
  });

  it('loses against the answer: 200, and 200 for the INVITE, and the phone is there', async () => {
    const client = await stage.registered();
    client.invite('+12025550113');
    await got(client, '180 INVITE');
    client.cancel();
    await got(client, '200 INVITE');
    expect(client.order.slice(-2)).toEqual(['200 CANCEL', '200 INVITE']);
    client.inCall('ACK');
    await settled(client);
    expect(client.order).not.toContain('BYE');
    expect(stage.network.liveCalls).toBe(1);
    client.inCall('BYE');
    await got(client, '200 BYE');
    expect(stage.network.liveCalls).toBe(0);
  });

  it('has no effect after the answer', async () => {
    const client = await stage.talking(ORDINARY);
    client.cancel();
    await settled(client);
    expect(client.order.slice(-2)).toEqual(['200 CANCEL', '200 OPTIONS']);
    expect(stage.network.liveCalls).toBe(1);
  });

  it('is answered and then hung up by the carrier', async () => {
    const client = await stage.registered();
    client.invite('+12025550119');
    await got(client, '180 INVITE');
    client.cancel();
    await got(client, '200 INVITE');
    await settled(client);
    expect(client.order).not.toContain('BYE');
    client.inCall('ACK');
    await got(client, 'BYE');
    expect(stage.network.liveCalls).toBe(0);
  });
});

describe('in the call', () => {
  it('BYE is confirmed once, and closes the media', async () => {
    const client = await stage.talking(ORDINARY);
    client.inCall('BYE');
    await got(client, '200 BYE');
    client.inCall('BYE');
    await got(client, '481 BYE');
    expect(stage.network.history(ORDINARY).at(-1)).toMatchObject({ type: 'hung-up', by: 'caller' });
    expect(stage.peers[0]?.asked.at(-1)).toBe('close');
  });

  it('BYE comes when the callee hangs up, with the reason', async () => {
    const client = await stage.talking(ORDINARY);
    stage.network.phone(ORDINARY).hangUp();
    await got(client, 'BYE');
    expect(client.request('BYE')?.headers.get('reason')).toBe(
      'Q.850;cause=16;text="NORMAL_CLEARING"',
    );
    expect(client.request('BYE')?.uri).toMatch(/^sip:\w+@browser.invalid;transport=ws;ob$/);
    await settled(client);
    client.inCall('BYE');
    await got(client, '481 BYE');
  });

  it('an answer without ACK is hung up', async () => {
    stage.gateway.settings.ackTimeoutMs = 50;
    const client = await stage.registered();
    client.invite(ORDINARY);
    await got(client, 'BYE');
    expect(client.request('BYE')?.headers.get('reason')).toContain('cause=102');
    expect(stage.network.liveCalls).toBe(0);
  });

  it.each([
    ['sendonly', 'recvonly'],
    ['inactive', 'inactive'],
  ])('re-INVITE with %s holds, the next one takes it back', async (offered, answered) => {
    const client = await stage.talking(ORDINARY);
    client.inCall('INVITE', { body: `offer\r\na=${offered}\r\n` });
    const direction = /a=\w+/;
    await vi.waitFor(() =>
      expect(direction.exec(client.response(200)?.body ?? '')?.[0]).toBe(`a=${answered}`),
    );
    client.inCall('ACK');
    client.inCall('UPDATE', { body: 'offer\r\na=sendrecv\r\n' });
    await got(client, '200 UPDATE');
    expect(client.response(200, 'UPDATE')?.body).toContain('a=sendrecv');
    expect(stage.network.history(ORDINARY).slice(-2)).toMatchObject([
      { type: 'held', by: 'caller' },
      { type: 'resumed', by: 'caller' },
    ]);
  });

  it('INFO carries digits and candidates, and nothing else', async () => {
    const client = await stage.talking(ORDINARY);
    const info = (type: string, body: string) =>
      client.inCall('INFO', { headers: [['Content-Type', type]], body });
    info('application/dtmf-relay', 'Signal=4\r\nDuration=160');
    info('application/dtmf-relay', 'Signal= #\r\n');
    info(
      'application/trickle-ice-sdpfrag',
      'a=mid:0\r\na=candidate:1 1 udp 1 127.0.0.1 5 typ host\r\na=end-of-candidates\r\n',
    );
    info('text/plain', 'hello');
    await got(client, '415 INFO');
    expect(client.order.slice(-4)).toEqual(['200 INFO', '200 INFO', '200 INFO', '415 INFO']);
    expect(digits(ORDINARY)).toEqual(['4', '#']);
    expect(stage.peers[0]?.asked).toContain('candidate candidate:1 1 udp 1 127.0.0.1 5 typ host');
    expect(stage.peers[0]?.asked).toContain('candidate end');
  });

  it('REFER is accepted and told of', async () => {
    const client = await stage.talking(ORDINARY);
    client.inCall('REFER', { headers: [['Refer-To', '<sip:+12025550155@lab.example>']] });
    await vi.waitFor(() =>
      expect(client.order.slice(-3)).toEqual(['202 REFER', 'NOTIFY', 'NOTIFY']),
    );
    const told = client.messages
      .slice(-2)
      .map(({ headers, body }) => [headers.get('subscription-state').split(';')[0], body.trim()]);
    expect(told).toEqual([
      ['active', 'SIP/2.0 100 Trying'],
      ['terminated', 'SIP/2.0 200 OK'],
    ]);
    expect(stage.gateway.transfers).toMatchObject([{ to: '+12025550155' }]);
  });

  it('other methods, older requests and strangers are refused', async () => {
    const client = await stage.talking(ORDINARY);
    client.inCall('PUBLISH');
    await got(client, '405 PUBLISH');
    const stranger = await stage.open();
    const { headers } = client.response(200) ?? { headers: undefined };
    stranger.send('BYE', {
      headers: [
        ['To', headers?.get('to') ?? ''],
        ['Call-ID', headers?.get('call-id') ?? ''],
      ],
    });
    await got(stranger, '481 BYE');
    stranger.send('BYE', {
      headers: [
        ['From', headers?.get('from') ?? ''],
        ['To', headers?.get('to') ?? ''],
        ['Call-ID', headers?.get('call-id') ?? ''],
      ],
    });
    await got(stranger, '500 BYE');
    expect(stage.network.liveCalls).toBe(1);
  });

  it('goes on over another socket of the same user', async () => {
    const first = await stage.talking(ORDINARY);
    stage.gateway.dropSockets();
    await vi.waitFor(() => expect(first.closed).toBe(true));
    const second = await stage.registered();
    stage.network.phone(ORDINARY).hangUp();
    await got(second, 'BYE');
    expect(stage.network.rings(ORDINARY)).toBe(1);
  });
});

describe('a slow line', () => {
  it('delays each message both ways and the handshake, and keeps the order', async () => {
    stage.gateway.faults.delayMs = 30;
    const startedAt = labNow();
    const client = await stage.open({ bearer: 'lab' });
    expect(labNow() - startedAt).toBeGreaterThan(175);
    const registeredAt = labNow();
    client.register();
    await got(client, '200 REGISTER');
    expect(labNow() - registeredAt).toBeGreaterThan(58);
  });
});
