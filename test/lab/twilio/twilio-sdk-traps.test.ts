import { describe, expect, it, vi } from 'vitest';
import { everythingReleased, names, useSdkLab } from './sdk-lab.js';

const lab = useSdkLab();

const busy = { sipCode: 486, q850Cause: 17, name: 'USER_BUSY' };

describe('traps of the Twilio SDK that the gateway can lay', () => {
  it('places a call long after the user gave it up', async () => {
    lab.gateway.faults.tcp = 'refuse';
    const sdk = await lab.open();
    await sdk.run('connect', { To: '+15550001111' });
    await sdk.until('device-error', 2);
    await sdk.run('disconnectAll');
    lab.gateway.resetFaults();
    await vi.waitFor(() => expect(lab.trunk.legs.length).toBe(1), { timeout: 10_000 });
  });

  it('sends an INVITE again that was lost with its socket', async () => {
    const sdk = await lab.open();
    await sdk.run('register');
    await sdk.until('register-resolved');
    await sdk.page.evaluate(() => {
      const { prototype } = RTCPeerConnection;
      const createOffer = prototype.createOffer as () => Promise<RTCSessionDescriptionInit>;
      const slow = async function (this: RTCPeerConnection) {
        globalThis.dispatchEvent(new Event('offer-asked'));
        await new Promise((resolve) =>
          globalThis.addEventListener('offer', resolve, { once: true }),
        );
        return createOffer.call(this);
      };
      Object.assign(prototype, { createOffer: slow });
    });
    const asked = sdk.page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          globalThis.addEventListener('offer-asked', () => resolve(true), { once: true });
        }),
    );
    await sdk.run('connect', { To: '+15550001111' });
    await asked;
    lab.gateway.faults.tcp = 'refuse';
    lab.gateway.dropSockets();
    await sdk.until('transportClose');
    await sdk.page.evaluate(() => globalThis.dispatchEvent(new Event('offer')));
    expect(lab.gateway.invites).toEqual([]);
    lab.gateway.resetFaults();
    await vi.waitFor(() => expect(lab.trunk.legs.length).toBe(1), { timeout: 15_000 });
    expect(await sdk.run('callState')).toBe('closed');
  });

  it('never settles connect() when signalling is silent', async () => {
    lab.gateway.faults.login = 'silent';
    const sdk = await lab.open();
    await sdk.run('connect', { To: '+15550001111' });
    await vi.waitFor(() => expect(lab.gateway.logins.length).toBe(1));
    lab.gateway.sendClose();
    // The only thing that ends the wait is Twilio's close frame.
    expect((await sdk.until('connect-rejected')).detail['reason']).toBe('undefined');
    expect(lab.gateway.invites).toEqual([]);
  });

  it.each([
    ['bad', 20101],
    ['bad-auth', 20151],
    ['bad-expired', 20104],
    ['bad-signature', 31202],
  ])('reports the token %s as %i on the device and settles nothing', async (token, code) => {
    const sdk = await lab.open({ token });
    await sdk.run('connect', { To: '+15550001111' });
    expect((await sdk.until('device-error')).detail['code']).toBe(code);
    await sdk.run('connect', { To: '+15550001111' });
    expect((await sdk.until('connect-rejected')).detail['reason']).toContain('already active');
    expect(await names(sdk)).not.toContain('connect-resolved');
  });

  it('hammers a gateway that drops each login', async () => {
    lab.gateway.faults.login = 'drop';
    const sdk = await lab.open();
    await sdk.run('register');
    await vi.waitFor(() => expect(lab.gateway.logins.length).toBeGreaterThan(6), {
      timeout: 5000,
    });
    expect((await sdk.until('device-error')).detail['code']).toBe(31005);
  });

  it('accepts before the phone rings without answerOnBridge, and hides busy', async () => {
    lab.gateway.settings.answersAtOnce = true;
    const sdk = await lab.open();
    const leg = await lab.dial(sdk);
    await sdk.until('accept');
    await vi.waitFor(() => expect(leg.call.media.connected).toBe(true), { timeout: 10_000 });
    leg.listener.ringing();
    await vi.waitFor(
      async () => {
        const { frequency } = await sdk.remoteTone(300);
        expect(Math.abs(frequency - 440)).toBeLessThan(10);
      },
      { timeout: 5000 },
    );
    leg.listener.ended(busy);
    await sdk.until('disconnect');
    expect(await names(sdk)).not.toContain('ringing');
    expect(await names(sdk)).not.toContain('call-error');
  });

  it('cannot tell that its hang-up was lost', async () => {
    const sdk = await lab.open();
    const leg = await lab.talk(sdk);
    lab.gateway.faults.bye = 'swallow';
    await sdk.run('disconnect');
    await sdk.until('disconnect');
    await everythingReleased(sdk);
    expect(leg.said).toEqual([]);
    expect(lab.gateway.openCalls.length).toBe(1);
  });

  it('sends no hang-up while signalling is down, nor later', async () => {
    const sdk = await lab.open();
    const leg = await lab.talk(sdk);
    lab.gateway.faults.tcp = 'refuse';
    lab.gateway.dropSockets();
    await sdk.until('reconnecting');
    await sdk.run('disconnect');
    await sdk.until('disconnect');
    lab.gateway.resetFaults();
    await vi.waitFor(() => expect(lab.gateway.logins.length).toBe(2), { timeout: 10_000 });
    expect(leg.said).toEqual([]);
  });

  it('loses a talking call with its socket when there was no reconnect token', async () => {
    lab.gateway.settings.reconnectTokens = false;
    const sdk = await lab.open();
    await lab.talk(sdk);
    lab.gateway.dropSockets();
    await sdk.until('transportClose');
    await vi.waitFor(async () => expect(await sdk.run('callState')).toBe('closed'));
    expect(await names(sdk)).not.toContain('disconnect');
    expect(await sdk.resources()).toMatchObject({ liveTracks: 1, peerConnections: 1 });
  });

  it('gives a waiting call up on destroy(), without a word', async () => {
    lab.gateway.faults.login = 'silent';
    const sdk = await lab.open();
    await sdk.run('connect', { To: '+15550001111' });
    await vi.waitFor(() => expect(lab.gateway.logins.length).toBe(1));
    await sdk.run('destroy');
    await vi.waitFor(() => expect(lab.gateway.openSockets).toBe(0));
    expect(await names(sdk)).toEqual(['destroyed']);
    expect(lab.gateway.invites).toEqual([]);
  });

  it('rejects with a TypeError when it is destroyed in the same moment', async () => {
    const sdk = await lab.open();
    await sdk.run('register');
    await sdk.until('register-resolved');
    await sdk.page.evaluate(() => {
      globalThis.twilioDriver.connect({ To: '+15550001111' });
      globalThis.twilioDriver.destroy();
    });
    expect((await sdk.until('connect-rejected')).detail['reason']).toContain('TypeError');
    expect(lab.gateway.invites).toEqual([]);
  });

  it('never says a word in a black hole', async () => {
    lab.gateway.faults.tcp = 'black-hole';
    await lab.gateway.settled();
    const sdk = await lab.open();
    await sdk.run('connect', { To: '+15550001111' });
    // Only the browser's console tells that the first attempt was given up after 5 s.
    await sdk.page.waitForEvent('console', {
      predicate: (message) => message.text().includes('closed before the connection'),
      timeout: 10_000,
    });
    expect(await names(sdk)).toEqual([]);
    lab.gateway.resetFaults();
    await vi.waitFor(() => expect(lab.trunk.legs.length).toBe(1), { timeout: 15_000 });
  });

  it('keeps its token timer after destroy()', async () => {
    const sdk = await lab.open();
    await sdk.page.evaluate(() => {
      const { setTimeout, clearTimeout } = globalThis;
      const running = new Set<unknown>();
      const later = (run: () => void, delayMs: number) => {
        const id = setTimeout(run, delayMs);
        // An hour less the ten seconds of the SDK.
        if (delayMs === 3_590_000) running.add(id);
        return id;
      };
      const clear = (id: number) => {
        running.delete(id);
        clearTimeout(id);
      };
      Object.assign(globalThis, { setTimeout: later, clearTimeout: clear, running });
    });
    const timers = () => sdk.page.evaluate(() => Reflect.get(globalThis, 'running').size);
    expect(await timers()).toBe(0);
    await sdk.run('register');
    await sdk.until('register-resolved');
    await sdk.run('destroy');
    await vi.waitFor(() => expect(lab.gateway.openSockets).toBe(0));
    expect(await timers()).toBe(1);
  });

  it('announces the end of the token by the lifetime that the gateway announced', async () => {
    lab.gateway.settings.tokenTtlSeconds = 10;
    const sdk = await lab.open();
    await sdk.run('register');
    await sdk.until('tokenWillExpire');
  });

  it('comes back to its call on a new token', async () => {
    const sdk = await lab.open();
    const leg = await lab.talk(sdk);
    await sdk.run('updateToken', 'second');
    await vi.waitFor(() =>
      expect(lab.gateway.logins.map((login) => login.token)).toEqual(['good', 'second']),
    );
    await vi.waitFor(() =>
      expect(
        lab.gateway.frames.filter(
          ({ from, text }) => from === 'browser' && text.includes('"reconnect":"'),
        ).length,
      ).toBe(1),
    );
    leg.listener.ended({ sipCode: 200, q850Cause: 16, name: 'NORMAL_CLEARING' });
    await sdk.until('disconnect');
  });

  it.each(['none', 'unreachable'] as const)(
    'accepts a call whose media has %s candidates',
    async (candidates) => {
      lab.gateway.settings.candidates = candidates;
      const sdk = await lab.open();
      const leg = await lab.dial(sdk);
      leg.listener.answered();
      await sdk.until('accept');
      // Without DTLS digits take the way of the signalling.
      await sdk.run('sendDigits', '12');
      await vi.waitFor(() => expect(leg.said).toEqual(['digit 1', 'digit 2']));
      const connected = await sdk.page
        .waitForFunction(
          () => globalThis.everdialLab.peerConnections()[0]?.connectionState === 'connected',
          undefined,
          { timeout: 2000 },
        )
        .then(
          () => true,
          () => false,
        );
      expect(connected).toBe(false);
      expect(leg.call.media.connected).toBe(false);
    },
  );

  it('reports a denied microphone as 31401 after the disconnect', async () => {
    const sdk = await lab.open({ permissions: [] });
    await sdk.run('connect', { To: '+15550001111' });
    expect((await sdk.until('call-error')).detail['code']).toBe(31401);
    expect(lab.trunk.legs).toEqual([]);
  });

  it('leaves the microphone open after the first call of a page', async () => {
    const sdk = await lab.open({ microphoneUsedBefore: false, deviceListDelayMs: 200 });
    const leg = await lab.talk(sdk);
    await vi.waitFor(async () => expect(await sdk.run('inputDeviceChosen')).toBe(true));
    leg.listener.ended({ sipCode: 200, q850Cause: 16, name: 'NORMAL_CLEARING' });
    await sdk.until('disconnect');
    await vi.waitFor(async () => expect((await sdk.resources()).peerConnections).toBe(0));
    // Opened by the SDK on its own, because the devices seemed to have changed.
    expect((await sdk.resources()).liveTracks).toBe(1);
    await sdk.run('unsetInputDevice');
    await everythingReleased(sdk);
  });

  it('recovers its media by an ICE restart', async () => {
    lab.gateway.settings.candidates = 'unreachable';
    const sdk = await lab.open();
    const leg = await lab.dial(sdk);
    leg.listener.answered();
    await sdk.until('accept');
    lab.gateway.settings.candidates = 'real';
    // It waits 15 s for the first connection.
    expect((await sdk.until('reconnecting', 1, 20_000)).detail['code']).toBe(53405);
    await sdk.until('reconnected');
    await vi.waitFor(() => expect(leg.call.media.connected).toBe(true));
  });

  it('notices a half-open socket after 15 seconds', async () => {
    const sdk = await lab.open();
    await lab.talk(sdk);
    lab.gateway.freezeSockets();
    await sdk.until('reconnecting', 1, 20_000);
    await sdk.until('reconnected');
    expect(lab.gateway.openCalls).toMatchObject([{ hasBrowser: true }]);
  });
});
