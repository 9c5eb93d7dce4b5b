import { describe, expect, it, vi } from 'vitest';
import { everythingReleased, names, useSdkLab } from './sdk-lab.js';

const lab = useSdkLab();

const clearing = { sipCode: 200, q850Cause: 16, name: 'NORMAL_CLEARING' };

describe('the unmodified Twilio SDK on the gateway', () => {
  it('registers, rings, talks both ways, sends digits and hangs up', async () => {
    const sdk = await lab.open({ microphone: { tone: 700 } });
    await sdk.run('register');
    await sdk.until('register-resolved');
    expect(lab.gateway.registrations).toBe(1);
    const leg = await lab.talk(sdk);
    expect(leg.call).toMatchObject({ to: '+15550001111', params: { attempt: 'a1' } });
    const { media } = leg.call;
    const digits: string[] = [];
    media.onDigit = (digit) => digits.push(digit);
    media.play({ tone: 440 });
    await vi.waitFor(
      () => {
        const { frequency, level } = media.heard();
        expect(Math.abs(frequency - 700)).toBeLessThan(10);
        expect(level).toBeGreaterThan(0.05);
      },
      { timeout: 10_000, interval: 100 },
    );
    const { frequency } = await sdk.remoteTone();
    expect(Math.abs(frequency - 440)).toBeLessThan(10);
    await sdk.run('sendDigits', '123#');
    await vi.waitFor(() => expect(digits).toEqual(['1', '2', '3', '#']), { timeout: 5000 });
    expect(leg.said).toEqual([]);
    await sdk.run('disconnect');
    await vi.waitFor(() => expect(leg.said).toEqual(['hangup']));
    await everythingReleased(sdk);
    expect(await names(sdk)).toContain('disconnect');
  });

  it('learns that the phone hung up', async () => {
    const sdk = await lab.open();
    const leg = await lab.talk(sdk);
    leg.listener.ended(clearing);
    await sdk.until('disconnect');
    await everythingReleased(sdk);
    expect(await names(sdk)).not.toContain('call-error');
  });

  it('hears early media before the answer', async () => {
    const sdk = await lab.open();
    const leg = await lab.dial(sdk);
    leg.call.media.play({ tone: 600 });
    leg.listener.earlyMedia();
    expect((await sdk.until('ringing')).detail).toEqual({ hasEarlyMedia: true });
    await vi.waitFor(() => expect(leg.call.media.packetsReceived).toBeGreaterThan(20), {
      timeout: 10_000,
    });
    expect(Math.abs((await sdk.remoteTone()).frequency - 600)).toBeLessThan(10);
    expect(await names(sdk)).not.toContain('accept');
    leg.listener.answered();
    await sdk.until('accept');
  });

  it.each([
    [486, 31486, 31486],
    [404, 31404, 31404],
    [480, 31480, 31480],
    [603, 31603, 31603],
    [503, 31005, 31503],
  ])('reports SIP %i as %i', async (sipCode, code, reason) => {
    const sdk = await lab.open();
    const leg = await lab.dial(sdk);
    leg.listener.ended({ sipCode, q850Cause: 17, name: 'NAME' });
    const { detail } = await sdk.until('call-error');
    expect(detail['code']).toBe(code);
    if (code !== reason) expect(detail['originalCode']).toBe(reason);
    await sdk.until('disconnect');
    await everythingReleased(sdk);
  });

  it('hides busy behind 31005 without the improved precision', async () => {
    const sdk = await lab.open({ enableImprovedSignalingErrorPrecision: false });
    const leg = await lab.dial(sdk);
    leg.listener.ended({ sipCode: 486, q850Cause: 17, name: 'USER_BUSY' });
    expect((await sdk.until('call-error')).detail).toEqual({ code: 31005, originalCode: 31486 });
  });

  it('leaves a zombie when the socket is lost between invite and answer', async () => {
    const sdk = await lab.open();
    lab.gateway.faults.invite = 'drop-after-placing';
    const leg = await lab.dial(sdk);
    await sdk.until('transportClose');
    await vi.waitFor(async () => expect(await sdk.run('callState')).toBe('closed'));
    expect(await names(sdk)).not.toContain('disconnect');
    expect(await names(sdk)).not.toContain('call-error');
    expect(await sdk.resources()).toMatchObject({ liveTracks: 1, peerConnections: 1 });
    await sdk.run('disconnect');
    await vi.waitFor(() => expect(lab.gateway.openSockets).toBe(1));
    expect(leg.said).toEqual([]);
    await sdk.run('connect', { To: '+15550001111' });
    expect((await sdk.until('connect-rejected')).detail['reason']).toContain('already active');
  });

  it('comes back to its call after a lost socket', async () => {
    const sdk = await lab.open();
    const leg = await lab.talk(sdk);
    lab.gateway.dropSockets();
    await sdk.until('reconnecting');
    await sdk.until('reconnected');
    expect(lab.gateway.openCalls).toMatchObject([{ hasBrowser: true }]);
    const before = leg.call.media.packetsReceived;
    await vi.waitFor(() => expect(leg.call.media.packetsReceived).toBeGreaterThan(before + 20));
    await sdk.run('disconnect');
    await vi.waitFor(() => expect(leg.said).toEqual(['hangup']));
    expect(lab.gateway.invites.length).toBe(1);
  });

  it('ends with 31209 when Twilio refuses to take it back', async () => {
    const sdk = await lab.open();
    await lab.talk(sdk);
    lab.gateway.faults.reattach = 'never';
    lab.gateway.dropSockets();
    expect((await sdk.until('call-error')).detail['code']).toBe(31209);
    await sdk.until('disconnect');
    await everythingReleased(sdk);
  });

  it('exchanges call messages', async () => {
    const sdk = await lab.open();
    await lab.talk(sdk);
    await sdk.run('sendMessage', 'hello');
    await sdk.until('messageSent');
    expect(lab.gateway.messages).toMatchObject([{ content: { content: 'hello' } }]);
    lab.gateway.sendMessage({ note: 'back' });
    expect((await sdk.until('messageReceived')).detail['content']).toContain('back');
  });

  it('takes an incoming call', async () => {
    const sdk = await lab.open({ microphone: { tone: 700 } });
    await sdk.run('register');
    await sdk.until('register-resolved');
    const call = await lab.gateway.callBrowsers('+15550002222');
    call.media.play({ tone: 440 });
    expect((await sdk.until('incoming')).detail).toEqual({ from: '+15550002222' });
    await sdk.run('accept');
    await sdk.until('accept');
    await vi.waitFor(() => expect(Math.abs(call.media.heard().frequency - 700)).toBeLessThan(10), {
      timeout: 10_000,
    });
    expect(Math.abs((await sdk.remoteTone()).frequency - 440)).toBeLessThan(10);
    call.hangup();
    await sdk.until('disconnect');
    await everythingReleased(sdk);
  });

  it('sends no insights to anybody with publishEvents off', async () => {
    const sdk = await lab.open();
    const leg = await lab.talk(sdk);
    leg.listener.ended(clearing);
    await sdk.until('disconnect');
    expect(sdk.foreignRequests.filter((url) => !url.includes('/sounds/'))).toEqual([]);
    expect(lab.gateway.webRequests).toEqual([]);
  });
});
