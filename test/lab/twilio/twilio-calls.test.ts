import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeLeg, FakeMediaPeer, FakeTrunk } from './fake-network.js';
import { startTwilioGateway, type TwilioGateway } from './start-twilio-gateway.js';
import { TestClient } from './test-client.js';

let gateway: TwilioGateway;
let trunk: FakeTrunk;
let peers: FakeMediaPeer[];
let url: string;

beforeEach(async () => {
  trunk = new FakeTrunk();
  peers = [];
  const media = () => {
    const peer = new FakeMediaPeer();
    peers.push(peer);
    return peer;
  };
  gateway = await startTwilioGateway({ trunk, media });
  url = `ws://${gateway.plainHost}/signal`;
});

afterEach(async () => {
  await gateway.close();
});

function leg(index = 0): FakeLeg {
  const found = trunk.legs[index];
  if (found === undefined) throw new Error('No call in the network');
  return found;
}

async function dial(client: TestClient, params = 'To=%2B15550001111'): Promise<FakeLeg> {
  const before = trunk.legs.length;
  client.send('invite', { callsid: 'TJS1', sdp: 'offer 1', twilio: { params } });
  await vi.waitFor(() => expect(trunk.legs.length).toBe(before + 1));
  return leg(before);
}

describe('a call through the Twilio gateway', () => {
  it('brings number, caller and parameters to the network', async () => {
    const client = await TestClient.login(url);
    await dial(client, 'To=%2B15550001111&From=%2B15559990000&X-Attempt=a%20b%2Bc&plan=1');
    expect(leg().call).toMatchObject({
      carrier: 'twilio',
      to: '+15550001111',
      from: '+15559990000',
      params: { attempt: 'a b+c', plan: '1' },
    });
    expect(gateway.invites).toMatchObject([{ to: '+15550001111', params: { plan: '1' } }]);
  });

  it('tells ringing, answer and the end in this order, with one call id', async () => {
    const client = await TestClient.login(url);
    const { listener, call } = await dial(client);
    listener.ringing();
    listener.answered();
    listener.ended({ sipCode: 200, q850Cause: 16, name: 'NORMAL_CLEARING' });
    await client.next('hangup').then((end) => {
      expect(end).toEqual({ callsid: call.carrierCallId });
    });
    expect(client.received.map((frame) => frame.type)).toEqual(['ringing', 'answer']);
    expect(await client.next('ringing')).toEqual({ callsid: call.carrierCallId });
    expect(await client.next('answer')).toMatchObject({
      callsid: call.carrierCallId,
      sdp: 'answer to offer 1',
      reconnect: expect.any(String),
    });
    expect(peers[0]?.closed).toBe(true);
    expect(gateway.openCalls).toEqual([]);
  });

  it('sends the SDP with the ringing when there is early media', async () => {
    const client = await TestClient.login(url);
    const { listener } = await dial(client);
    listener.ringing();
    listener.earlyMedia();
    expect(await client.next('ringing')).not.toHaveProperty('sdp');
    expect(await client.next('ringing')).toHaveProperty('sdp', 'answer to offer 1');
  });

  it.each([
    [486, 31486],
    [404, 31404],
    [480, 31480],
    [603, 31603],
    [503, 31503],
  ])('tells SIP %i as %i', async (sipCode, code) => {
    const client = await TestClient.login(url);
    const { listener } = await dial(client);
    listener.ended({ sipCode, q850Cause: 17, name: 'NAME' });
    expect(await client.next('hangup')).toMatchObject({ error: { code, message: 'NAME' } });
  });

  it('ends a call under the id of the browser until it has told its own', async () => {
    const client = await TestClient.login(url);
    const busy = { sipCode: 486, q850Cause: 17, name: 'USER_BUSY' };
    (await dial(client)).listener.ended(busy);
    expect(await client.next('hangup')).toMatchObject({ callsid: 'TJS1' });
    const { listener, call } = await dial(client);
    listener.ringing();
    listener.ended(busy);
    expect(await client.next('hangup')).toMatchObject({ callsid: call.carrierCallId });
  });

  it('hangs up for the browser by either id', async () => {
    const client = await TestClient.login(url);
    await dial(client);
    client.send('hangup', { callsid: 'TJS1' });
    const second = await dial(client);
    client.send('hangup', { callsid: second.call.carrierCallId });
    await client.settle();
    expect(trunk.legs.map((each) => each.said)).toEqual([['hangup'], ['hangup']]);
    expect(peers.every((peer) => peer.closed)).toBe(true);
    expect(client.received).toEqual([]);
  });

  it('handles a hang-up that is followed by a closed socket, also on a slow line', async () => {
    const client = await TestClient.login(url);
    await dial(client);
    gateway.faults.delayMs = 40;
    client.send('hangup', { callsid: 'TJS1' });
    client.close();
    await vi.waitFor(() => expect(leg().said).toEqual(['hangup']));
    await vi.waitFor(() => expect(gateway.openSockets).toBe(0));
  });

  it('lets an answer cross the hang-up, and keeps the call until it is hung up again', async () => {
    const client = await TestClient.login(url);
    const taken = await dial(client);
    taken.glare = true;
    client.send('hangup', { callsid: 'TJS1' });
    await client.next('answer');
    expect(gateway.openCalls.length).toBe(1);
    client.send('hangup', { callsid: 'TJS1' });
    await client.settle();
    expect(taken.said).toEqual(['hangup', 'hangup']);
    expect(gateway.openCalls).toEqual([]);
  });

  it('passes digits that come by signalling', async () => {
    const client = await TestClient.login(url);
    const { call, said } = await dial(client);
    client.send('dtmf', { callsid: call.carrierCallId, dtmf: '1#' });
    await client.settle();
    expect(said).toEqual(['digit 1', 'digit #']);
  });

  it('answers a reinvite with a new SDP', async () => {
    const client = await TestClient.login(url);
    const { call, listener } = await dial(client);
    listener.answered();
    await client.next('answer');
    client.send('reinvite', { callsid: call.carrierCallId, sdp: 'offer 2' });
    expect(await client.next('answer')).toMatchObject({ sdp: 'answer to offer 2' });
  });

  it('tells of an end with the code of the test', async () => {
    const client = await TestClient.login(url);
    gateway.settings.endCode = 13225;
    const { listener } = await dial(client);
    listener.ended({ sipCode: 503, q850Cause: 41, name: 'NAME' });
    expect(await client.next('hangup')).toMatchObject({ error: { code: 13225 } });
  });

  it('ends a call whose offer the media refuses', async () => {
    const client = await TestClient.login(url);
    client.send('invite', { callsid: 'TJS1', sdp: 'broken', twilio: { params: 'To=1' } });
    expect(await client.next('hangup')).toMatchObject({ error: { code: 31000 } });
    expect(leg().said).toEqual(['hangup']);
  });

  it('acknowledges messages and sends its own', async () => {
    const client = await TestClient.login(url);
    const { call } = await dial(client);
    client.send('message', {
      callsid: call.carrierCallId,
      content: { a: 1 },
      voiceeventsid: 'KX1',
    });
    expect(await client.next('ack')).toEqual({
      acktype: 'message',
      callsid: call.carrierCallId,
      voiceeventsid: 'KX1',
    });
    expect(gateway.messages).toMatchObject([{ content: { a: 1 } }]);
    gateway.sendMessage({ b: 2 });
    expect(await client.next('message')).toMatchObject({ content: { b: 2 } });
  });

  it('answers before the phone rings when TwiML does not bridge', async () => {
    gateway.settings.answersAtOnce = true;
    const client = await TestClient.login(url);
    const { listener } = await dial(client);
    await client.next('answer');
    listener.ringing();
    listener.ended({ sipCode: 486, q850Cause: 17, name: 'USER_BUSY' });
    expect(await client.next('hangup')).not.toHaveProperty('error');
    expect(client.received).toEqual([]);
  });
});

describe('a browser that lost its socket', () => {
  it('comes back to the call with the reconnect token', async () => {
    const first = await TestClient.login(url);
    const { listener, call } = await dial(first);
    listener.answered();
    const { reconnect } = await first.next('answer');
    gateway.dropSockets();
    await first.closed();
    await vi.waitFor(() => expect(gateway.openCalls).toMatchObject([{ hasBrowser: false }]));
    expect(leg().said).toEqual([]);
    const second = await TestClient.login(url);
    second.send('invite', { callsid: call.carrierCallId, sdp: 'offer 1', reconnect, twilio: {} });
    expect(await second.next('answer')).toMatchObject({ callsid: call.carrierCallId, reconnect });
    listener.ended({ sipCode: 200, q850Cause: 16, name: 'NORMAL_CLEARING' });
    await second.next('hangup');
    expect(gateway.invites.length).toBe(1);
    expect(trunk.legs.length).toBe(1);
  });

  it('learns of an end that happened while it was away', async () => {
    const first = await TestClient.login(url);
    const { listener, call } = await dial(first);
    listener.answered();
    const { reconnect } = await first.next('answer');
    gateway.dropSockets();
    await first.closed();
    listener.ended({ sipCode: 200, q850Cause: 16, name: 'NORMAL_CLEARING' });
    const second = await TestClient.login(url);
    second.send('invite', { callsid: call.carrierCallId, sdp: 'offer 1', reconnect, twilio: {} });
    expect(await second.next('hangup')).toEqual({ callsid: call.carrierCallId });
  });

  it('is refused with 31209 by an unknown token and by the fault', async () => {
    const client = await TestClient.login(url);
    client.send('invite', { callsid: 'CA0', sdp: 'x', reconnect: 'unknown', twilio: {} });
    expect(await client.next('hangup')).toMatchObject({ error: { code: 31209 } });
    const { listener } = await dial(client);
    listener.answered();
    const { reconnect } = await client.next('answer');
    gateway.faults.reattach = 'never';
    client.send('invite', { callsid: 'CA0', sdp: 'x', reconnect, twilio: {} });
    expect(await client.next('hangup')).toMatchObject({ error: { code: 31209 } });
  });

  it('is given up after the orphan timeout, when one is set', async () => {
    gateway.settings.orphanTimeoutMs = 20;
    const client = await TestClient.login(url);
    await dial(client);
    gateway.dropSockets();
    await vi.waitFor(() => expect(leg().said).toEqual(['hangup']));
  });

  it('gets no reconnect token when Twilio hands out none', async () => {
    gateway.settings.reconnectTokens = false;
    const client = await TestClient.login(url);
    const { listener } = await dial(client);
    listener.answered();
    expect(await client.next('answer')).not.toHaveProperty('reconnect');
  });
});

describe('an incoming call', () => {
  it('rings registered browsers, and the first answer takes it', async () => {
    const [first, second] = [await TestClient.login(url), await TestClient.login(url)];
    for (const client of [first, second]) {
      client.send('register', { media: { audio: true } });
      await client.next('ready');
    }
    expect(gateway.registrations).toBe(2);
    const call = await gateway.callBrowsers('+15550002222', { plan: 'a' });
    expect(await first.next('invite')).toMatchObject({
      callsid: call.callSid,
      sdp: 'offer of the lab',
      parameters: { From: '+15550002222', Params: 'plan=a' },
    });
    first.send('answer', { callsid: call.callSid, sdp: 'answer of the browser' });
    expect(await second.next('cancel')).toEqual({ callsid: call.callSid });
    expect(peers[0]?.accepted).toBe('answer of the browser');
    call.hangup();
    expect(await first.next('hangup')).toEqual({ callsid: call.callSid });
    expect(call.state).toBe('over');
  });

  it('can be refused, and cancelled', async () => {
    const client = await TestClient.login(url);
    client.send('register', { media: { audio: true } });
    await client.next('ready');
    const refused = await gateway.callBrowsers('+15550002222');
    client.send('reject', { callsid: refused.callSid });
    await client.settle();
    expect(refused.state).toBe('rejected');
    const cancelled = await gateway.callBrowsers('+15550002222');
    cancelled.hangup();
    expect(await client.next('cancel')).toEqual({ callsid: cancelled.callSid });
  });
});
