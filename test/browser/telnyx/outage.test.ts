/** Calls over a connection that breaks: what comes back, and what must not. */
import { describe, expect, test, vi } from 'vitest';
import { AdapterLab } from './adapter-lab.js';

const ORDINARY = '+12025550100';
const RINGS = '+12025550107';

const it = new AdapterLab();

describe('a call whose signalling connection is lost', () => {
  test('is taken up again: same call, same microphone, new connection', async () => {
    await it.call(ORDINARY, 'answered signalling');
    await it.toneAtPhone(ORDINARY);
    it.gateway.dropSockets();
    await it.says('interrupted network/signalling-lost');
    await it.says('restored');
    await it.toneInPage();
    await it.toneAtPhone(ORDINARY);
    const said = await it.said();
    expect(said.filter((line) => line === 'peer-connection')).toHaveLength(2);
    expect(said.filter((line) => line.startsWith('answered'))).toHaveLength(1);
    expect(said.some((line) => line.startsWith('ended'))).toBe(false);
    expect(await it.page.page.evaluate(() => globalThis.adapterPage.microphonesOpened)).toBe(1);

    expect(await it.act('digit 5')).toBe('done');
    await it.lab.network.phone(ORDINARY).waitFor('digit');
    await it.hangup();
    await it.says('ended local final');
    await it.release();
    await it.nothingLeft({ liveTracks: 1, peerConnections: 0 });
  });

  test('stays muted when it is taken up again', async () => {
    await it.call(ORDINARY, 'answered signalling');
    await it.page.page.evaluate(() => globalThis.adapterPage.setMuted(true));
    it.gateway.dropSockets();
    await it.says('restored');
    await it.toneInPage();
    expect(it.lab.network.phone(ORDINARY).heard(300).level).toBeLessThan(0.005);
    await it.page.page.evaluate(() => globalThis.adapterPage.setMuted(false));
    await it.toneAtPhone(ORDINARY);
  });

  test('keeps a replaced track when it is taken up again', async () => {
    await it.call(ORDINARY, 'answered signalling');
    await it.page.page.evaluate(() => globalThis.adapterPage.replaceTrack(900));
    it.gateway.dropSockets();
    await it.says('restored');
    await it.toneAtPhone(ORDINARY, 900);
  });

  test('while it rings: it is back when the gateway still has it, and the answer is heard', async () => {
    await it.call(RINGS, 'progress ringing');
    it.gateway.dropSockets();
    await it.says('interrupted network/signalling-lost');
    await it.says('restored');
    it.lab.network.phone(RINGS).answer();
    await it.says('answered signalling');
    await it.toneInPage();
  });

  test.each([
    ['rings', RINGS, 'progress ringing'],
    ['talks', ORDINARY, 'answered signalling'],
  ])('%s: it is over when the gateway has lost it, without a proof', async (_, number, until) => {
    await it.call(number, until);
    it.gateway.faults.reattach = 'never';
    it.gateway.dropSockets();
    await it.says('ended network network/reconnect-failed');
  });

  test('right after the INVITE: the phone may ring, and nothing is proven', async () => {
    it.gateway.faults.invite = 'drop-after-placing';
    it.gateway.faults.reattach = 'never';
    await it.call(RINGS, 'ended network network/reconnect-failed');
    expect(await it.said()).toContain('sent');
    expect(it.gateway.invites).toHaveLength(1);
  });
});

describe('a call that is hung up while the connection is lost', () => {
  test.each([
    ['rings', RINGS, 'progress ringing'],
    ['talks', ORDINARY, 'answered signalling'],
  ])(
    '%s: the phone is told as soon as the connection is back, and nothing comes back to life',
    async (_, number, until) => {
      await it.call(number, until);
      it.gateway.dropSockets();
      await it.says('interrupted network/signalling-lost');
      await it.hangup();
      await it.says('ended local final');
      await it.release();
      await it.phonesQuiet();
      await it.quiet(300);
      await it.nothingLeft({ liveTracks: 1, peerConnections: 0 });
      expect(await it.page.page.evaluate(() => globalThis.adapterPage.microphonesOpened)).toBe(1);
    },
  );

  test('released at once, it is not answered again by the vendor', async () => {
    await it.call(ORDINARY, 'answered signalling');
    it.gateway.dropSockets();
    await it.says('interrupted network/signalling-lost');
    await it.hangup();
    await it.release();
    await it.connectionSays('ready');
    await it.phonesQuiet();
    await it.nothingLeft({ liveTracks: 1, peerConnections: 0 });
    expect(await it.page.page.evaluate(() => globalThis.adapterPage.microphonesOpened)).toBe(1);
  });

  test('what the vendor takes up all the same gets neither microphone nor connection', async () => {
    await it.call(ORDINARY, 'answered signalling');
    it.gateway.dropSockets();
    await it.says('interrupted network/signalling-lost');
    await it.release();
    // The gateway gives the call back, because it never hears that it was hung up.
    it.gateway.faults.bye = 'swallow';
    await it.connectionSays('ready');
    await it.quiet(1_000);
    expect(it.gateway.frames.some(({ text }) => text.includes('telnyx_rtc.attach'))).toBe(true);
    expect(await it.page.resources()).toMatchObject({ liveTracks: 1, peerConnections: 0 });
    expect(await it.page.page.evaluate(() => globalThis.adapterPage.microphonesOpened)).toBe(1);
  });

  test('a lost BYE: the vendor connects anew, and the call ends instead of coming back', async () => {
    await it.call(ORDINARY, 'answered signalling');
    it.gateway.faults.bye = 'swallow';
    await it.hangup();
    await it.says('ended local');
    await it.release();
    it.gateway.faults.bye = 'ok';
    await it.phonesQuiet(20_000);
    await it.nothingLeft({ liveTracks: 1, peerConnections: 0 });
    expect(await it.page.page.evaluate(() => globalThis.adapterPage.microphonesOpened)).toBe(1);
  });

  test('the session is closed and opened anew: no call is revived, no microphone is live', async () => {
    await it.call(ORDINARY, 'answered signalling');
    it.gateway.dropSockets();
    await it.says('interrupted network/signalling-lost');
    await it.closeSession();
    await it.nothingLeft();
    await it.ready({ token: 'next' });
    await it.quiet(300);
    await it.nothingLeft({ liveTracks: 0, peerConnections: 0 });
    const last = it.sent('login').at(-1) ?? '{}';
    expect((JSON.parse(last) as { params: object }).params).toMatchObject({ reconnection: false });
  });
});

describe('closing', () => {
  test.each([
    ['answered', 'ok'],
    ['answered', 'swallow'],
  ] as const)('with an %s call and bye %s: quick, and nothing is left', async (_, bye) => {
    await it.call(ORDINARY, 'answered signalling');
    it.gateway.faults.bye = bye;
    const startMs = performance.now();
    await it.closeSession();
    expect(performance.now() - startMs).toBeLessThan(2_500);
    await it.nothingLeft();
    await vi.waitFor(() => expect(it.gateway.openSockets).toBe(0));
    if (bye === 'ok') await it.phonesQuiet();
    const said = await it.said();
    expect(said.some((line) => line.startsWith('ended'))).toBe(false);
  });
});
