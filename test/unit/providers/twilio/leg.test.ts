import { describe, expect, test, vi } from 'vitest';
import type { ServerHoldRequest } from '../../../../src/providers/twilio/options.js';
import { FakeCall, vendorError } from './fake-vendor.js';
import { dialled, endOf } from './twilio-stage.js';

const types = (events: readonly { type: string }[]) => events.map(({ type }) => type);

describe('what the SDK is asked for', () => {
  test('number, caller ID and parameters under the names of the application', async () => {
    const { device } = await dialled(
      { paramNames: { to: 'number', from: 'shownAs' } },
      { from: '+12025550001', params: { colour: 'green' } },
    );
    expect(device.connects).toEqual([
      { params: { colour: 'green', number: '+12025550100', shownAs: '+12025550001' } },
    ]);
  });

  test("the application's parameters do not replace the number", async () => {
    const { device } = await dialled(
      { connectOptions: () => ({ params: { To: '+19005550000', more: '1' }, rtcConstraints: {} }) },
      { params: { To: '+19005550001' } },
    );
    expect(device.connects).toEqual([
      { params: { To: '+12025550100', more: '1' }, rtcConstraints: {} },
    ]);
  });

  test('ICE servers, and only relays if so wished', async () => {
    const iceServers = [{ urls: 'turn:turn.example.com' }];
    const { device } = await dialled({}, { iceServers }, { relayOnly: true });
    expect(device.connects[0]?.rtcConfiguration).toEqual({
      iceServers,
      iceTransportPolicy: 'relay',
    });
  });

  test('the microphone is handed out when the listeners are there, and it is the leg’s own', async () => {
    const { device, stream } = await dialled();
    expect(await device.options.getUserMedia()).toBe(stream);
  });

  test('there is none when nobody calls', async () => {
    const { device, leg } = await dialled();
    leg.hangup();
    leg.release();
    const asked = device.options.getUserMedia();
    await expect(Promise.race([asked, Promise.resolve('not yet')])).resolves.toBeDefined();
  });
});

describe('progress', () => {
  test('ringing, early media, answer', async () => {
    const { call, events } = await dialled();
    call.ring();
    call.ring(true);
    call.accept();
    call.accept();
    call.ring();
    expect(events).toEqual([
      { type: 'identified', providerCallId: 'CA1' },
      { type: 'progress', ringing: true, earlyMedia: false },
      { type: 'progress', ringing: true, earlyMedia: true },
      { type: 'answered', evidence: 'signalling' },
    ]);
  });

  test('an answer without ringing is an assumption, and the TwiML is suspected', async () => {
    const { call, events, warnings } = await dialled();
    call.accept();
    expect(events.at(-1)).toEqual({ type: 'answered', evidence: 'assumed' });
    expect(warnings.join()).toContain('answerOnBridge');
  });

  test('the SDK’s element is silenced', async () => {
    const { call } = await dialled();
    const element = { muted: false };
    call.emit('audio', element);
    expect(element.muted).toBe(true);
  });

  test('somebody who is muted is muted for the SDK, too', async () => {
    const { media } = await dialled();
    const stream = await media.getUserMedia({ audio: true });
    for (const track of stream.getAudioTracks()) track.enabled = false;
    const { call } = await dialled({}, { stream });
    expect(call.did).toEqual(['mute']);
  });
});

describe('the end', () => {
  test('error, then disconnect: one end, with the error (trap 10)', async () => {
    const { call, events, tick } = await dialled();
    call.hangUp(31486);
    await tick();
    expect(endOf(events)).toEqual({
      by: 'remote',
      final: true,
      code: 'call/busy',
      vendor: '31486',
    });
  });

  test('disconnect, then error: one end, with the error (trap 10)', async () => {
    const { call, events, tick } = await dialled();
    call.ring();
    call.accept();
    call.state = 'closed';
    call.emit('disconnect');
    call.emit('error', vendorError(53405));
    await tick();
    expect(endOf(events)).toEqual({
      by: 'network',
      final: false,
      code: 'media/connection-failed',
      vendor: '53405',
    });
  });

  test('disconnect twice, and a late error: one end (trap 10)', async () => {
    const { call, events, tick } = await dialled();
    call.ring();
    call.accept();
    call.hangUp();
    call.emit('disconnect');
    await tick();
    call.emit('disconnect');
    call.emit('error', vendorError(31005));
    await tick();
    expect(endOf(events)).toEqual({
      by: 'remote',
      final: true,
      code: undefined,
      vendor: undefined,
    });
  });

  test('no disconnect at all, only a lost socket (trap 5)', async () => {
    const { call, device, events, sessionEvents, tick } = await dialled();
    call.ring();
    call.emit('transportClose');
    call.state = 'closed';
    expect(types(events)).not.toContain('ended');
    await tick();
    expect(endOf(events)).toMatchObject({ by: 'network', final: false });
    expect(device.did.at(-1)).toBe('destroy');
    expect(sessionEvents).toMatchObject([{ type: 'connection', state: 'failed' }]);
  });

  test('a hang-up before the answer without a reason is unexplained', async () => {
    const { call, events, tick } = await dialled();
    call.ring();
    call.hangUp();
    await tick();
    expect(endOf(events)).toMatchObject({
      by: 'remote',
      final: true,
      code: 'provider/unexplained',
    });
  });

  test('the microphone’s errors are not the far side’s', async () => {
    const { call, events, tick } = await dialled();
    call.state = 'closed';
    call.emit('disconnect');
    call.emit('error', vendorError(31401));
    await tick();
    expect(endOf(events)).toMatchObject({ by: 'network', code: 'media/permission-denied' });
  });

  test('an error that ends nothing ends nothing, and is not blamed later', async () => {
    const { call, events, warnings, tick } = await dialled();
    call.ring();
    call.accept();
    call.emit('error', vendorError(31005));
    await tick();
    expect(types(events)).not.toContain('ended');
    expect(warnings.join()).toContain('31005');
    call.hangUp();
    await tick();
    expect(endOf(events).code).toBeUndefined();
  });

  test('an answer that can not be applied: the SDK leaves the call standing, so it is hung up', async () => {
    const { call, events, tick } = await dialled();
    call.emit('error', vendorError(53402));
    await tick();
    expect(endOf(events)).toMatchObject({ by: 'network', code: 'media/negotiation-failed' });
    expect(call.did).toContain('disconnect');
  });

  test('an INVITE that the SDK keeps for later ends the call and the device (trap 8)', async () => {
    const { device, events } = await dialled();
    device.emit('error', vendorError(31009));
    expect(endOf(events)).toMatchObject({ by: 'network', code: 'network/signalling-lost' });
    expect(device.did.at(-1)).toBe('destroy');
  });

  test('another message that could not be written does not', async () => {
    const { device, call, events } = await dialled();
    call.ring();
    device.emit('error', vendorError(31009));
    expect(types(events)).not.toContain('ended');
  });
});

describe('hanging up', () => {
  test.each([
    ['before anything came back', (_call: FakeCall) => undefined],
    ['while it rings', (call: FakeCall) => call.ring()],
    ['in the call', (call: FakeCall) => call.accept()],
  ])('%s: told at once, proved by nothing', async (_when, bring) => {
    const { call, leg, events, sessionEvents, tick } = await dialled();
    bring(call);
    leg.hangup();
    leg.hangup();
    await tick();
    expect(endOf(events)).toEqual({
      by: 'local',
      final: false,
      code: undefined,
      vendor: undefined,
    });
    expect(call.did).toContain('disconnect');
    expect(sessionEvents).toEqual([]);
  });

  test('during an outage gives the device up: it believes the call is over', async () => {
    const { call, device, leg, events, sessionEvents } = await dialled();
    call.accept();
    call.emit('transportClose');
    call.state = 'reconnecting';
    leg.hangup();
    expect(endOf(events)).toMatchObject({ by: 'local', final: false });
    expect(device.did.at(-1)).toBe('destroy');
    expect(sessionEvents.length).toBe(1);
  });
});

describe('a connection that is repaired', () => {
  test('is told of once each (trap 15)', async () => {
    const { call, events, tick } = await dialled();
    call.accept();
    for (let nth = 0; nth < 3; nth += 1) {
      call.emit('transportClose');
      call.state = 'reconnecting';
      call.emit('reconnecting', vendorError(53001));
      await tick();
    }
    call.state = 'open';
    call.emit('reconnected');
    call.emit('reconnected');
    expect(types(events).slice(-2)).toEqual(['interrupted', 'restored']);
    expect(types(events).filter((type) => type === 'interrupted').length).toBe(1);
  });
});

describe('letting go', () => {
  test('stops the leg’s tracks, unsets a device that the SDK took for chosen, says nothing', async () => {
    const { call, device, leg, events, stream, tick } = await dialled();
    call.accept();
    device.inputDevice = { deviceId: 'default' };
    const before = events.length;
    leg.release();
    leg.release();
    call.emit('disconnect');
    call.emit('reconnecting', vendorError(53001));
    await tick();
    expect(events.length).toBe(before);
    expect(stream.getTracks().every(({ readyState }) => readyState === 'ended')).toBe(true);
    expect(device.did.filter((what) => what === 'unsetInputDevice').length).toBe(1);
    expect(call.did).toContain('disconnect');
  });
});

describe("hold by the application's server", () => {
  test('is asked with what it needs, and rejects as it does', async () => {
    const serverHold = vi.fn(async (_request: ServerHoldRequest) => undefined);
    const { call, leg } = await dialled({ serverHold });
    await expect(leg.setHeld?.(true)).rejects.toMatchObject({ code: 'call/not-ready' });
    call.accept();
    await leg.setHeld?.(true);
    expect(serverHold.mock.calls[0]?.[0]).toMatchObject({
      callId: 'call-1',
      providerCallId: 'CA1',
      held: true,
    });
  });

  test('is given up after ten seconds, and when the call ends', async () => {
    const signals: AbortSignal[] = [];
    const serverHold = ({ signal }: ServerHoldRequest) => {
      signals.push(signal);
      return new Promise<void>(() => undefined);
    };
    const { call, leg, clock } = await dialled({ serverHold });
    call.accept();
    const holding = expect(leg.setHeld?.(true)).rejects.toMatchObject({ code: 'state/timeout' });
    await clock.advance(10_000);
    await holding;
    const next = expect(leg.setHeld?.(false)).rejects.toMatchObject({ code: 'state/aborted' });
    await clock.advance(0);
    leg.hangup();
    await next;
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  test('is missing without one', async () => {
    expect((await dialled()).leg.setHeld).toBeUndefined();
  });
});

test('without a connection there is nothing to send digits or tracks on', async () => {
  const { leg } = await dialled();
  await expect(leg.sendDigit?.('1', 100)).rejects.toMatchObject({ code: 'call/not-ready' });
  await expect(leg.replaceTrack(null)).rejects.toMatchObject({ code: 'call/not-ready' });
});

test('the vendor’s call is handed out', async () => {
  const { leg, call } = await dialled();
  expect(leg.native).toBe(call);
  expect(leg.native).toBeInstanceOf(FakeCall);
});
