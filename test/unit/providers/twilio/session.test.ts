import { describe, expect, test } from 'vitest';
import { FakeCall, FakeDevice, vendorError } from './fake-vendor.js';
import { dialled, endOf, twilioStage } from './twilio-stage.js';

const ignore = () => undefined;
const inShort = (events: readonly { type: string }[]) =>
  events.map((event) => ('state' in event ? `${event.type} ${event.state}` : event.type));

describe('opening', () => {
  test('waits for the login, not for the registration', async () => {
    const { begin } = twilioStage();
    const { opening, device } = await begin();
    let open = false;
    void opening.then(() => {
      open = true;
    });
    await Promise.resolve();
    expect(open).toBe(false);
    device.logIn();
    await opening;
    expect(device.did).not.toContain('destroy');
  });

  test('is content with a registration, where the gateway tells no lifetime of the token', async () => {
    const { opening, device } = await twilioStage().begin();
    device.state = 'registered';
    device.emit('registered');
    await opening;
  });

  test.each([
    [vendorError(31000, 31000), 'provider/unreachable'],
    [vendorError(31005, 31005), 'provider/unreachable'],
    [vendorError(20101, 31204), 'auth/token-rejected'],
    [vendorError(20104, 31205), 'auth/token-expired'],
    [vendorError(31202), 'auth/token-rejected'],
    [vendorError(31206), 'provider/over-limit'],
  ])('fails with the first error: %o is %s', async (error, code) => {
    const { begin, sessionEvents } = twilioStage();
    const { opening, device } = await begin();
    device.emit('error', error);
    await expect(opening).rejects.toMatchObject({ code, route: 'twilio' });
    expect(device.did).toContain('destroy');
    expect(sessionEvents).toEqual([]);
    // What comes afterwards is heard and changes nothing.
    device.emit('error', error);
    device.logIn();
    device.lose();
    expect(sessionEvents).toEqual([]);
  });

  test('does not care whether the registration fails: the SDK rejects with nothing', async () => {
    const { provider, context } = twilioStage({
      sdk: () => ({
        Device: class extends FakeDevice {
          override async register(): Promise<void> {
            this.state = 'registering';
            queueMicrotask(() => this.logIn());
            throw undefined;
          }
        },
      }),
    });
    await provider.open(context);
  });

  test('fails when the gateway closes without an error', async () => {
    const { opening, device } = await twilioStage().begin();
    device.lose();
    await expect(opening).rejects.toMatchObject({ code: 'provider/unreachable' });
  });

  test('is left when the signal aborts', async () => {
    const { begin, abort } = twilioStage();
    const { opening, device } = await begin();
    abort.abort();
    await expect(opening).rejects.toMatchObject({ code: 'state/aborted' });
    expect(device.state).toBe('destroyed');
  });

  test('makes no device for a signal that has aborted', async () => {
    const { provider, context, abort, devices } = twilioStage();
    abort.abort();
    await expect(provider.open(context)).rejects.toMatchObject({ code: 'state/aborted' });
    expect(devices).toEqual([]);
  });
});

describe('the connection', () => {
  test('lost and back is told once each', async () => {
    const { open, sessionEvents } = twilioStage();
    const { device } = await open();
    device.emit('error', vendorError(31005, 31005));
    device.lose();
    device.emit('error', vendorError(31005, 31005));
    device.state = 'registering';
    device.logIn();
    device.emit('registered');
    expect(inShort(sessionEvents)).toEqual(['connection reconnecting', 'connection ready']);
  });

  test('that is lost is not dialled on', async () => {
    const { open, media } = twilioStage();
    const { session, device } = await open();
    device.lose();
    const events: Parameters<Parameters<typeof session.dial>[1]>[0][] = [];
    const stream = await media.getUserMedia({ audio: true });
    const request = { to: '+12025550100', from: undefined, params: {}, iceServers: [], stream };
    session.dial({ ...request, callId: 'a', attempt: 1 }, (event) => events.push(event));
    expect(endOf(events)).toMatchObject({ by: 'network', code: 'network/signalling-lost' });
    expect(device.connects).toEqual([]);
  });

  test('is registered anew when the SDK forgot to, so that the next loss is told', async () => {
    const { open } = twilioStage();
    const { device } = await open();
    device.lose();
    device.logIn();
    expect(device.did.filter((what) => what === 'register').length).toBe(2);
  });

  test('that can not be repaired is given up after five tries', async () => {
    const { open, sessionEvents } = twilioStage();
    const { device } = await open();
    device.lose();
    for (let nth = 0; nth < 6; nth += 1) device.emit('error', vendorError(31005, 31005));
    expect(inShort(sessionEvents)).toEqual(['connection reconnecting', 'connection failed']);
    expect(device.did.filter((what) => what === 'destroy').length).toBe(1);
  });

  test('that can not be repaired is not given up while a call waits for it', async () => {
    const { device, call, events, sessionEvents } = await dialled();
    call.ring();
    call.accept();
    device.lose();
    for (let nth = 0; nth < 9; nth += 1) device.emit('error', vendorError(31005, 31005));
    expect(inShort(sessionEvents)).toEqual(['connection reconnecting']);
    expect(inShort(events)).not.toContain('ended');
  });

  test('whose token is refused when it comes back is given up', async () => {
    const { open, sessionEvents } = twilioStage();
    const { device } = await open();
    device.lose();
    device.emit('error', vendorError(20104, 31205));
    expect(sessionEvents.at(-1)).toMatchObject({
      state: 'failed',
      error: { code: 'auth/token-expired' },
    });
  });

  test('is not lost when only the registration is refused', async () => {
    const { open, sessionEvents } = twilioStage();
    const { device } = await open();
    device.emit('error', vendorError(20101, 31204));
    device.emit('error', vendorError(31002));
    expect(sessionEvents).toEqual([]);
    expect(device.did).not.toContain('destroy');
  });

  test('takes no calls, and leaves them to other pages of the same identity', async () => {
    const { device } = await twilioStage().open();
    const incoming = new FakeCall();
    device.emit('incoming', incoming);
    expect(incoming.did).toEqual(['ignore']);
  });
});

describe('a fresh token', () => {
  test('is taken when the gateway has confirmed it', async () => {
    const { session, device } = await twilioStage().open();
    const updating = session.updateToken?.({ token: 'next' });
    expect(device.did).toContain('token next');
    device.logIn();
    await updating;
  });

  test('is refused with the reason, and the session lives', async () => {
    const { open, sessionEvents } = twilioStage();
    const { session, device } = await open();
    const updating = session.updateToken?.({ token: 'next' });
    device.emit('error', vendorError(31202));
    await expect(updating).rejects.toMatchObject({ code: 'auth/token-rejected' });
    expect(sessionEvents).toEqual([]);
  });

  test('is waited for no longer than the session lives', async () => {
    const { session } = await twilioStage().open();
    const updating = session.updateToken?.({ token: 'next' });
    await session.close();
    await expect(updating).rejects.toMatchObject({ code: 'state/closed' });
  });
});

describe('a promise of the SDK that stays pending', () => {
  test('makes the session unusable: it is given up, and the call never placed (traps 3 and 4)', async () => {
    const { open, sessionEvents, clock, media } = twilioStage();
    const { session, device } = await open();
    let place: (call: FakeCall) => void = ignore;
    device.connection = new Promise((resolve) => {
      place = resolve;
    });
    const events: { type: string }[] = [];
    const stream = await media.getUserMedia({ audio: true });
    const request = { to: '+12025550100', from: undefined, params: {}, iceServers: [], stream };
    const leg = session.dial({ ...request, callId: 'a', attempt: 1 }, (event) =>
      events.push(event),
    );
    const microphone = device.options.getUserMedia();
    let given = false;
    void microphone.then(() => {
      given = true;
    });
    leg.hangup();
    expect(inShort(events)).toEqual(['ended']);
    await clock.advance(0);
    expect(device.did.at(-1)).toBe('destroy');
    expect(inShort(sessionEvents)).toEqual(['connection failed']);
    const late = new FakeCall();
    place(late);
    await clock.advance(0);
    expect(late.did).toEqual(['disconnect']);
    late.emit('error', vendorError(31000));
    expect(given).toBe(false);
  });

  test('or rejects, with `undefined` for a gateway that closes', async () => {
    const { open, sessionEvents, clock } = twilioStage();
    const { session, device } = await open();
    device.connection = Promise.reject(undefined);
    const events: Parameters<Parameters<typeof session.dial>[1]>[0][] = [];
    const request = { to: '+12025550100', from: undefined, params: {}, iceServers: [] };
    session.dial({ ...request, stream: undefined, callId: 'a', attempt: 1 }, (event) =>
      events.push(event),
    );
    await clock.advance(0);
    expect(endOf(events)).toMatchObject({ by: 'network', code: 'network/signalling-lost' });
    expect(inShort(sessionEvents)).toEqual(['connection failed']);
  });
});

describe('closing', () => {
  test('hangs up, destroys the device and says nothing', async () => {
    const { session, device, call, events, sessionEvents, stream, clock } = await dialled();
    call.ring();
    await session.close();
    await session.close();
    await clock.advance(10);
    expect(call.did).toContain('disconnect');
    expect(device.did.filter((what) => what === 'destroy').length).toBe(1);
    expect(inShort(events)).not.toContain('ended');
    expect(sessionEvents).toEqual([]);
    expect(stream.getTracks().every(({ readyState }) => readyState === 'ended')).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });

  test('a device that destroys itself ends the call and the session', async () => {
    const { device, call, events, sessionEvents } = await dialled();
    call.ring();
    device.destroy();
    expect(endOf(events)).toMatchObject({ by: 'network', final: false });
    expect(inShort(sessionEvents)).toEqual(['connection failed']);
  });
});
