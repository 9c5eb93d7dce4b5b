import { describe, expect, test } from 'vitest';
import { TelnyxStage, useBrowserParts } from './telnyx-stage.js';

useBrowserParts();

const BUSY = { cause: 'USER_BUSY', causeCode: 17, sipCode: 486 };

describe('on its way', () => {
  test('is told once and never back, whatever the vendor says', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('unsent');
    expect(stage.said).toEqual(['peer-connection']);
    stage.call.become('requesting');
    stage.frame('ringing', { telnyx_call_control_id: 'v3:one' });
    stage.frame('media', { telnyx_call_control_id: 'v3:two' });
    stage.frame('answer');
    stage.call.become('trying');
    stage.call.become('active');
    stage.frame('ringing');
    stage.frame('answer');
    stage.call.become('active');
    expect(stage.said).toEqual([
      'peer-connection',
      'sent',
      'identified',
      'progress ringing',
      'progress ringing early',
      'answered signalling',
    ]);
  });

  test('sent is told before the vendor writes, and only on an open socket', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('unsent');
    stage.client.connected = false;
    stage.call.become('requesting');
    expect(stage.said).toEqual(['peer-connection', 'ended network network/signalling-lost']);
  });

  test('is not made while the socket is down', async () => {
    const stage = new TelnyxStage();
    await stage.open();
    stage.client.goDown();
    await stage.dial();
    expect(stage.said).toEqual(['ended network network/signalling-lost']);
    expect(stage.client.newCalls).toEqual([]);
  });

  test('is not written to the next socket when the first is lost before', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('unsent');
    const { call } = stage;
    stage.client.goDown();
    expect(call.hangups).toEqual([false]);
    expect(stage.said).toEqual(['peer-connection', 'ended network network/signalling-lost']);
  });

  test('messages of other calls are none of its business', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('sent');
    stage.client.frame('answer', { callID: 'another' });
    stage.client.frame('bye', { callID: 'another', ...BUSY });
    stage.client.frame('answer', {});
    expect(stage.said).toEqual(['peer-connection', 'sent', 'acknowledged']);
  });

  test('the vendor may not switch a muted track on', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('unsent');
    expect(stage.call.options.applyDesiredAudioMuteState).toBeUndefined();
  });

  test('limits the bit rate when Opus was agreed on, and never before: G.711 could not be', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('sent');
    const { parameters } = stage.call.connectionMade?.sender ?? {};
    expect(parameters?.encodings).toEqual([{}]);
    stage.frame('answer');
    expect(parameters?.encodings).toEqual([{ maxBitrate: 32_000 }]);
    const other = new TelnyxStage();
    await other.dialled('sent');
    const fixed = other.call.connectionMade?.sender.parameters;
    if (fixed) fixed.codecs = [{ mimeType: 'audio/PCMU' }];
    other.frame('answer');
    expect(fixed?.encodings).toEqual([{}]);
  });

  test('a vendor that throws ends it', async () => {
    const stage = new TelnyxStage();
    await stage.open();
    stage.client.failNextCall = { code: 44002 };
    await stage.dial();
    expect(stage.said).toEqual(['ended network config/invalid-option']);
  });
});

describe('its end', () => {
  test('is explained by the message that comes after the state, in the same turn', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('sent');
    stage.call.become('hangup');
    stage.call.become('destroy');
    stage.frame('bye', BUSY);
    await stage.settle();
    expect(stage.said.slice(3)).toEqual(['ended remote final call/busy']);
  });

  test('is explained by the message that comes before the state', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('sent');
    stage.frame('bye', BUSY);
    stage.call.become('hangup');
    await stage.settle();
    expect(stage.said.slice(3)).toEqual(['ended remote final call/busy']);
  });

  test.each([
    [40004, 'media/negotiation-failed'],
    [40005, 'provider/server-error'],
    [48501, 'network/reconnect-failed'],
    [44003, 'provider/unexplained'],
    [undefined, 'provider/unexplained'],
  ])('without a message, error %s explains it: %s', async (code, expected) => {
    const stage = new TelnyxStage();
    await stage.dialled('sent');
    if (code) stage.client.error(code, stage.call.id);
    stage.call.become('hangup');
    await stage.settle();
    expect(stage.said.slice(3)).toEqual([`ended network ${expected}`]);
  });

  test('comes once, and nothing after it', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('answered');
    stage.frame('bye', { cause: 'NORMAL_CLEARING', causeCode: 16 });
    stage.frame('bye', BUSY);
    stage.frame('answer');
    stage.client.goDown();
    stage.leg.hangup();
    await stage.settle();
    expect(stage.said.filter((line) => line.startsWith('ended'))).toEqual(['ended remote final']);
    expect(stage.said.at(-1)).toBe('ended remote final');
  });

  test('the vendor stops no track of ours; releasing does', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('answered');
    const { call } = stage;
    stage.frame('bye', { cause: 'NORMAL_CLEARING', causeCode: 16 });
    call.become('hangup');
    expect(call.options.localStream).toBeUndefined();
    stage.leg.release();
    expect(stage.stream?.getTracks()[0]?.readyState).toBe('ended');
  });
});

describe('hanging up', () => {
  const byes = (stage: TelnyxStage) =>
    stage.client.requests.filter(({ method }) => method === 'telnyx_rtc.bye');

  test('before anything was sent: this end only', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('unsent');
    const { call } = stage;
    stage.leg.hangup();
    await stage.settle();
    expect(call.hangups).toEqual([false]);
    expect(byes(stage)).toEqual([]);
    expect(stage.said).toEqual(['peer-connection', 'ended local']);
  });

  test('is proven by the answer of the gateway alone, and keeps the sound until then', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('ringing');
    stage.leg.hangup();
    await stage.settle();
    expect(stage.said).not.toContain('ended local final');
    expect(stage.call.hangups).toEqual([]);
    byes(stage)[0]?.accept();
    await stage.settle();
    expect(stage.said.at(-1)).toBe('ended local final');
    stage.leg.release();
    expect(stage.call.hangups).toEqual([false]);
    expect(byes(stage)).toHaveLength(1);
  });

  test('says what the vendor would say, for this call', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('ringing');
    stage.leg.hangup();
    expect(byes(stage)[0]?.params).toMatchObject({
      sessid: 'session',
      cause: 'NORMAL_CLEARING',
      dialogParams: {
        callID: stage.call.id,
        destination_number: '+12025550100',
        custom_headers: [{ name: 'X-everdial-call-id', value: 'call-1' }],
      },
    });
    expect(byes(stage)[0]?.params['dialogParams']).not.toHaveProperty('localStream');
  });

  test('in the moment of sending: after the INVITE, not before it', async () => {
    const stage = new TelnyxStage();
    await stage.open();
    const order: string[] = [];
    await stage.dial();
    const { call } = stage;
    const { said } = stage;
    const push = said.push.bind(said);
    said.push = (line) => {
      if (line === 'sent') stage.leg.hangup();
      return push(line);
    };
    call.become('requesting');
    order.push(`written, ${byes(stage).length} byes before`);
    await stage.settle();
    order.push(`${byes(stage).length} byes after`);
    expect(order).toEqual(['written, 0 byes before', '1 byes after']);
  });

  test('without an answer it is over after a while, and unproven', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('ringing');
    stage.leg.hangup();
    await stage.clock.advance(2_400);
    expect(stage.said.at(-1)).toBe('progress ringing');
    await stage.clock.advance(200);
    expect(stage.said.at(-1)).toBe('ended local');
  });

  test("the far side's own bye proves it, too", async () => {
    const stage = new TelnyxStage();
    await stage.dialled('ringing');
    stage.leg.hangup();
    stage.frame('bye', BUSY);
    expect(stage.said.at(-1)).toBe('ended local final');
  });

  test('lost against the answer: told, kept, and not ended by the clock', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('ringing');
    stage.leg.hangup();
    stage.frame('answer');
    byes(stage)[0]?.refuse();
    await stage.clock.advance(10_000);
    expect(stage.said.at(-1)).toBe('answered signalling');
    stage.frame('bye', { cause: 'NORMAL_CLEARING', causeCode: 16 });
    expect(stage.said.at(-1)).toBe('ended remote final');
  });

  test('lost against the answer and wanted all the same: asked for again', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('ringing');
    stage.leg.hangup();
    stage.frame('answer');
    stage.leg.hangup();
    byes(stage)[0]?.refuse();
    await stage.settle();
    expect(byes(stage)).toHaveLength(2);
    byes(stage)[1]?.accept();
    await stage.settle();
    expect(stage.said.at(-1)).toBe('ended local final');
  });

  test('twice and after the end does no harm', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('answered');
    stage.leg.hangup();
    stage.leg.hangup();
    byes(stage)[0]?.accept();
    await stage.settle();
    stage.leg.hangup();
    expect(byes(stage)).toHaveLength(1);
    expect(stage.said.filter((line) => line.startsWith('ended'))).toEqual(['ended local final']);
  });

  test('released without it, the far side is told all the same', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('answered');
    stage.leg.release();
    stage.leg.release();
    expect(byes(stage)).toHaveLength(1);
  });
});

describe('in the call', () => {
  test('a digit is written and a refused one is only logged', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('answered');
    await stage.leg.sendDigit?.('7', 100);
    const info = stage.client.requests.at(-1);
    expect(info).toMatchObject({ method: 'telnyx_rtc.info', params: { dtmf: '7' } });
    info?.refuse();
    await stage.settle();
    expect(stage.logged).toHaveLength(1);
  });

  test('hold is confirmed or rejects', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('answered');
    await stage.leg.setHeld?.(true);
    stage.call.holdWorks = false;
    await expect(stage.leg.setHeld?.(false)).rejects.toMatchObject({ code: 'call/not-ready' });
  });

  test('nothing can be done before the answer, or while the socket is down', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('ringing');
    await expect(stage.leg.setHeld?.(true)).rejects.toMatchObject({ code: 'call/not-ready' });
    stage.client.goDown();
    const lost = { code: 'network/signalling-lost' };
    await expect(stage.leg.setHeld?.(true)).rejects.toMatchObject(lost);
    await expect(stage.leg.sendDigit?.('1', 100)).rejects.toMatchObject(lost);
  });

  test('a track is replaced, with or without another', async () => {
    const stage = new TelnyxStage();
    await stage.dialled('answered');
    const track = stage.stream?.getAudioTracks()[0] ?? null;
    await stage.leg.replaceTrack(track);
    expect(stage.call.connectionMade?.sender.track).toBe(track);
    await stage.leg.replaceTrack(null);
    expect(stage.call.connectionMade?.sender.track).toBeNull();
    stage.leg.release();
    await expect(stage.leg.replaceTrack(track)).rejects.toMatchObject({ code: 'call/not-ready' });
  });

  test("the far side's sound is handed on", async () => {
    const stage = new TelnyxStage();
    await stage.dialled('answered');
    const event = Object.assign(new Event('track'), { streams: [], track: {} });
    stage.call.connectionMade?.dispatchEvent(event);
    expect(stage.said.at(-1)).toBe('remote-stream');
    stage.leg.release();
    stage.call.connectionMade?.dispatchEvent(event);
    expect(stage.said.filter((line) => line === 'remote-stream')).toHaveLength(1);
  });
});
