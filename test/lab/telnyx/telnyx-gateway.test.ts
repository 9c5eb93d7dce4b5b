import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { labNow } from '../clock.js';
import { AbsentPeer } from '../media/absent-peer.js';
import { PhoneNetwork } from '../network/phone-network.js';
import { startTelnyxGateway, type TelnyxGateway } from './gateway.js';
import { WireClient } from './wire-client.js';

const ORDINARY = '+12025550100';
const RINGS = '+12025550107';

let network: PhoneNetwork;
let gateway: TelnyxGateway;
let peers: AbsentPeer[];
let clients: WireClient[];

beforeEach(async () => {
  network = new PhoneNetwork();
  peers = [];
  clients = [];
  gateway = await startTelnyxGateway({
    trunk: network,
    media: () => {
      const peer = new AbsentPeer();
      peers.push(peer);
      return peer;
    },
  });
});

afterEach(async () => {
  for (const client of clients) client.close();
  network.reset();
  await gateway.close();
});

function newClient(): WireClient {
  const client = new WireClient(gateway.url);
  clients.push(client);
  return client;
}

async function loggedIn(params: object = {}): Promise<WireClient> {
  const client = await newClient().opened();
  client.login(params);
  await vi.waitFor(() => expect(client.order).toContain('telnyx_rtc.clientReady'));
  return client;
}

/** Waits for everything that is under way: a request of the client's own goes there and back behind it. */
async function settled(client: WireClient): Promise<void> {
  const id = client.send('telnyx_rtc.ping', {});
  await vi.waitFor(() => expect(client.answerTo(id)).toBeDefined());
}

const sessid = (client: WireClient): unknown => client.frames[0]?.result?.['sessid'];

describe('login', () => {
  it('answers with a session, then says it is ready and registered', async () => {
    const client = await loggedIn();
    const state = client.send('telnyx_rtc.gatewayState', {});
    await settled(client);
    expect(client.frames[0]).toMatchObject({ result: { message: 'logged in' } });
    expect(client.frames[0]).toHaveProperty('voice_sdk_id');
    expect(client.frames[1]).toMatchObject({ params: { reattached_sessions: [] } });
    expect(client.answerTo(state)).toMatchObject({ result: { params: { state: 'REGED' } } });
    expect(gateway.logins).toMatchObject([{ token: 'lab' }]);
  });

  it('gives every session its own voice_sdk_id', async () => {
    const [one, two] = [await loggedIn(), await loggedIn()];
    const id = (client: WireClient): unknown =>
      Object.entries(client.frames[0] ?? {}).find(([name]) => name === 'voice_sdk_id')?.[1];
    expect(id(one)).not.toBe(id(two));
  });

  it('refuses a token that starts with bad, and every token on demand', async () => {
    const client = await newClient().opened();
    const bad = client.login({ login_token: 'bad-token' });
    await vi.waitFor(() => expect(client.answerTo(bad)?.error?.code).toBe(-32001));
    gateway.faults.login = 'reject';
    const good = client.login();
    await vi.waitFor(() => expect(client.answerTo(good)?.error?.code).toBe(-32001));
    const invite = client.invite(ORDINARY);
    await vi.waitFor(() => expect(client.answerTo(invite)?.error).toBeDefined());
    expect(network.events).toEqual([]);
  });

  it('is silent, or drops the socket, on demand', async () => {
    const client = await newClient().opened();
    gateway.faults.login = 'silent';
    client.login();
    await settled(client);
    expect(client.frames.length).toBe(1);
    gateway.faults.login = 'drop';
    client.login();
    await vi.waitFor(() => expect(client.closed).toBe(true));
    expect(gateway.logins.length).toBe(2);
  });
});

describe('invite', () => {
  it('is confirmed before ringing and answer', async () => {
    const client = await loggedIn();
    const id = client.invite(ORDINARY);
    await vi.waitFor(() => expect(client.order).toContain('telnyx_rtc.answer'));
    expect(client.order.slice(2)).toEqual([id, 'telnyx_rtc.ringing', 'telnyx_rtc.answer']);
    expect(client.frames.at(-1)).toMatchObject({
      params: { callID: 'C1', sdp: 'answer to offer' },
    });
    expect(gateway.invites).toMatchObject([
      { to: ORDINARY, params: { 'everdial-call-id': 'call-1' } },
    ]);
  });

  it('carries the SDP in media when there is early media, and not again in the answer', async () => {
    const client = await loggedIn();
    client.invite('+12025550108');
    await vi.waitFor(() => expect(client.order).toContain('telnyx_rtc.answer'), 3000);
    expect(client.order.slice(3)).toEqual([
      'telnyx_rtc.ringing',
      'telnyx_rtc.media',
      'telnyx_rtc.answer',
    ]);
    expect(client.frames.at(-1)?.params).not.toHaveProperty('sdp');
  });

  it('late: is confirmed after the answer', async () => {
    gateway.faults.invite = 'late';
    const client = await loggedIn();
    const id = client.invite(ORDINARY);
    await vi.waitFor(() => expect(client.answerTo(id)).toBeDefined());
    expect(client.order.slice(2)).toEqual(['telnyx_rtc.ringing', 'telnyx_rtc.answer', id]);
  });

  it('swallow and error: never reaches a phone', async () => {
    const client = await loggedIn();
    gateway.faults.invite = 'swallow';
    const swallowed = client.invite(ORDINARY);
    gateway.faults.invite = 'swallow';
    await settled(client);
    expect(client.answerTo(swallowed)).toBeUndefined();
    gateway.faults.invite = 'error';
    const refused = client.invite(ORDINARY);
    await vi.waitFor(() => expect(client.answerTo(refused)?.error?.code).toBe(-32003));
    expect(network.events).toEqual([]);
    expect(gateway.invites.length).toBe(2);
  });

  it('stall: never reaches a phone, and its hang-up is confirmed', async () => {
    const client = await loggedIn();
    gateway.faults.invite = 'stall';
    const invite = client.invite(ORDINARY);
    const bye = client.inCall('bye');
    await vi.waitFor(() => expect(client.answerTo(bye)?.result?.['message']).toBe('CALL ENDED'));
    expect(client.answerTo(invite)).toBeUndefined();
    expect(network.events).toEqual([]);
  });

  it('its end is told in the words of the test', async () => {
    const client = await loggedIn();
    gateway.settings.end = { cause: 'USER_BUSY', causeCode: 17, sipCode: 486, sipReason: 'D5' };
    client.invite('+12025550105');
    await vi.waitFor(() => expect(client.order).toContain('telnyx_rtc.bye'));
    expect(client.frames.find(({ method }) => method === 'telnyx_rtc.bye')).toMatchObject({
      params: gateway.settings.end,
    });
  });

  it('drop: the socket is lost and no phone rings', async () => {
    gateway.faults.invite = 'drop';
    const client = await loggedIn();
    client.invite(ORDINARY);
    await vi.waitFor(() => expect(client.closed).toBe(true));
    expect(network.events).toEqual([]);
  });

  it('drop-after-placing: the socket is lost and the phone rings', async () => {
    gateway.faults.invite = 'drop-after-placing';
    const client = await loggedIn();
    client.invite(RINGS);
    await network.phone(RINGS).waitFor('ring-start');
    expect(client.order.length).toBe(2);
    expect(client.closed).toBe(true);
  });

  it('with a broken offer ends the call', async () => {
    const client = await loggedIn();
    client.send('telnyx_rtc.invite', {
      sdp: 'broken',
      dialogParams: { callID: 'C1', destination_number: RINGS },
    });
    await vi.waitFor(() =>
      expect(client.frames.at(-1)).toMatchObject({
        method: 'telnyx_rtc.bye',
        params: { sipCode: 488 },
      }),
    );
    expect(network.liveCalls).toBe(0);
  });
});

describe('in the call', () => {
  it('ringing and answer are swallowed on demand, while the phone is really answered', async () => {
    Object.assign(gateway.faults, { ringing: 'swallow', answer: 'swallow' });
    const client = await loggedIn();
    const id = client.invite(ORDINARY);
    await network.phone(ORDINARY).waitFor('answered');
    await settled(client);
    expect(client.order.slice(2, 3)).toEqual([id]);
    expect(client.order).not.toContain('telnyx_rtc.ringing');
    expect(client.order).not.toContain('telnyx_rtc.answer');
  });

  it('digits, hold, candidates and unknown requests are answered', async () => {
    const client = await loggedIn();
    client.invite(ORDINARY);
    await network.phone(ORDINARY).waitFor('answered');
    const requests = [
      client.inCall('info', { dtmf: '42' }),
      client.inCall('candidate', { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 }),
      client.inCall('endOfCandidates', { endOfCandidates: true }),
      client.inCall('something'),
    ];
    const hold = client.inCall('modify', { action: 'hold' });
    const toggle = client.inCall('modify', { action: 'toggleHold' });
    const restart = client.inCall('modify', { action: 'updateMedia', sdp: 'again' });
    await vi.waitFor(() =>
      expect(client.answerTo(restart)?.result).toEqual({ sdp: 'answer to again' }),
    );
    for (const id of requests) expect(client.answerTo(id)?.result).toBeDefined();
    expect(client.answerTo(hold)?.result).toMatchObject({ holdState: 'held' });
    expect(client.answerTo(toggle)?.result).toMatchObject({ holdState: 'active' });
    const history = network.history(ORDINARY);
    expect(history.filter((event) => event.type === 'digit').map((event) => event.digit)).toEqual([
      '4',
      '2',
    ]);
    expect(history.filter((event) => event.type === 'held')).toMatchObject([{ by: 'caller' }]);
    expect(peers[0]?.asked).toContain('candidate candidate:1');
  });

  it('a hang-up is confirmed, closes the media, and is not known twice', async () => {
    const client = await loggedIn();
    client.invite(RINGS);
    await network.phone(RINGS).waitFor('ring-start');
    const bye = client.inCall('bye');
    await vi.waitFor(() => expect(client.answerTo(bye)?.result).toBeDefined());
    const again = client.inCall('bye');
    await vi.waitFor(() => expect(client.answerTo(again)?.error?.code).toBe(-32002));
    expect(network.history(RINGS).at(-1)?.type).toBe('cancelled');
    expect(peers[0]?.asked).toContain('close');
  });

  it('a hang-up is swallowed on demand, and the phone rings on', async () => {
    gateway.faults.bye = 'swallow';
    const client = await loggedIn();
    client.invite(RINGS);
    await network.phone(RINGS).waitFor('ring-start');
    const bye = client.inCall('bye');
    await settled(client);
    expect(client.answerTo(bye)).toBeUndefined();
    expect(network.liveCalls).toBe(1);
  });

  it('a hang-up that loses against the answer is refused after the answer; the next one counts', async () => {
    const number = '+12025550113';
    const client = await loggedIn();
    client.invite(number);
    await network.phone(number).waitFor('ring-start');
    const bye = client.inCall('bye');
    await vi.waitFor(() => expect(client.answerTo(bye)?.error?.code).toBe(-32004));
    expect(client.order.slice(-2)).toEqual(['telnyx_rtc.answer', bye]);
    const again = client.inCall('bye');
    await vi.waitFor(() => expect(client.answerTo(again)?.result).toBeDefined());
    expect(network.history(number).at(-1)).toMatchObject({ type: 'hung-up', by: 'caller' });
  });
});

describe('a lost socket', () => {
  async function lostAndBack(number: string): Promise<WireClient> {
    const first = await loggedIn();
    first.invite(number);
    await vi.waitFor(() => expect(first.order).toContain('telnyx_rtc.ringing'));
    if (number === ORDINARY) await network.phone(number).waitFor('answered');
    gateway.dropSockets();
    await vi.waitFor(() => expect(first.closed).toBe(true));
    return loggedIn({ sessid: sessid(first), reconnection: true });
  }

  it('comes back to an answered call with a fresh offer', async () => {
    const client = await lostAndBack(ORDINARY);
    await vi.waitFor(() => expect(client.order).toContain('telnyx_rtc.attach'));
    expect(client.frames[1]).toMatchObject({ params: { reattached_sessions: ['C1'] } });
    expect(client.frames.at(-1)).toMatchObject({
      params: { callID: 'C1', sdp: 'offer of the lab' },
    });
    const attach = client.inCall('attach', { sdp: 'answer of the browser' });
    await vi.waitFor(() => expect(client.answerTo(attach)?.result).toBeDefined());
    expect(peers[0]?.asked).toContain('accept answer of the browser');
    expect(network.rings(ORDINARY)).toBe(1);
  });

  it('gets the answer of a call that rang meanwhile', async () => {
    const client = await lostAndBack(RINGS);
    expect(client.frames[1]).toMatchObject({ params: { reattached_sessions: ['C1'] } });
    network.phone(RINGS).answer();
    await vi.waitFor(() => expect(client.order).toContain('telnyx_rtc.answer'));
    expect(client.order).not.toContain('telnyx_rtc.attach');
  });

  it.each([
    ['never', []],
    ['list-only', ['C1']],
  ] as const)('%s: the call goes on without its browser', async (reattach, listed) => {
    gateway.faults.reattach = reattach;
    const client = await lostAndBack(ORDINARY);
    await settled(client);
    expect(client.frames[1]).toMatchObject({ params: { reattached_sessions: listed } });
    expect(client.order).not.toContain('telnyx_rtc.attach');
    expect(network.liveCalls).toBe(1);
  });

  it('that does not come back ends its calls when that is wanted', async () => {
    gateway.settings.orphanTimeoutMs = 50;
    const client = await loggedIn();
    client.invite(RINGS);
    await network.phone(RINGS).waitFor('ring-start');
    gateway.dropSockets();
    await network.phone(RINGS).waitFor('cancelled');
    expect(gateway.openSockets).toBe(0);
  });

  it('may be half-open', async () => {
    const client = await loggedIn();
    const before = client.frames.length;
    gateway.freezeSockets();
    client.send('telnyx_rtc.ping', {});
    const other = await loggedIn();
    await settled(other);
    expect(client.frames.length).toBe(before);
    expect(client.closed).toBe(false);
  });
});

describe('a slow line', () => {
  it('delays each message both ways and the handshake, and keeps the order', async () => {
    gateway.faults.delayMs = 30;
    const startedAt = labNow();
    const client = await newClient().opened();
    expect(labNow() - startedAt).toBeGreaterThan(175);
    const loginAt = labNow();
    client.login();
    await vi.waitFor(() => expect(client.order.length).toBe(2), { interval: 2 });
    expect(labNow() - loginAt).toBeGreaterThan(58);
    gateway.faults.delayMs = 5;
    client.invite(ORDINARY);
    await vi.waitFor(() => expect(client.order).toContain('telnyx_rtc.answer'));
    expect(client.order.slice(-2)).toEqual(['telnyx_rtc.ringing', 'telnyx_rtc.answer']);
  });
});

describe('what only Telnyx has', () => {
  it('punts, and tells other registration states or none', async () => {
    const client = await loggedIn();
    gateway.settings.gatewayState = 'FAIL_WAIT';
    const failed = client.send('telnyx_rtc.gatewayState', {});
    await settled(client);
    expect(client.answerTo(failed)).toMatchObject({ result: { params: { state: 'FAIL_WAIT' } } });
    gateway.settings.gatewayState = undefined;
    const silent = client.send('telnyx_rtc.gatewayState', {});
    await settled(client);
    expect(client.answerTo(silent)).toBeUndefined();
    gateway.punt();
    await vi.waitFor(() => expect(client.order).toContain('telnyx_rtc.punt'));
    gateway.resetFaults();
    expect(gateway.settings.gatewayState).toBe('REGED');
  });

  it('collects call reports', async () => {
    const body = '{"report":1}';
    await fetch(gateway.url.replace('ws:', 'http:'), { method: 'POST', body });
    expect(gateway.callReports).toEqual([body]);
    gateway.clearLogs();
    expect(gateway.callReports).toEqual([]);
  });
});
