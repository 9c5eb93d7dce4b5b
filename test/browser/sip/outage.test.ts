/** Calls over a connection that dies, with and without a word, and what must not end them. */
import { describe, expect, test } from 'vitest';
import { useDialerLab } from '../dialer/dialer-lab.js';
import { ORDINARY, SipLab } from './sip-lab.js';

const it = new SipLab();

const ufrags = () =>
  it.requests('INVITE').map(({ body }) => /^a=ice-ufrag:(.*)$/m.exec(body)?.[1] ?? '');

/** The call goes on as if nothing had happened. */
async function goesOn(): Promise<void> {
  await it.toneInPage();
  await it.toneAtPhone(ORDINARY);
  const said = await it.fact('says');
  expect(said.filter((line) => line.startsWith('answered'))).toHaveLength(1);
  expect(said.some((line) => line.startsWith('ended'))).toBe(false);
  expect(it.requests('BYE')).toEqual([]);
  expect(it.lab.network.liveCalls).toBe(1);
}

describe('a connection that dies in a call', () => {
  test('with a word: a new one, a new way for the sound, the same call', async () => {
    await it.talk();
    it.gateway.dropSockets();
    await it.says('interrupted network/signalling-lost');
    await it.says('restored');
    expect(it.reinvites).toHaveLength(1);
    expect(ufrags().at(-1)).not.toBe(ufrags()[0]);
    await goesOn();
    await it.connectionSays('ready');
    expect(await it.act('digit 5')).toBe('done');
    await it.lab.network.phone(ORDINARY).waitFor('digit');
    await it.hangup();
    expect(await it.end()).toBe('ended local final');
    await it.release();
    await it.expectClean();
  });

  test('without a word: noticed within 3.5 s, because pings are not answered any more', async () => {
    await it.talk();
    await it.eventually(() => it.gateway.frames.some(({ text }) => text === '\r\n')).toBe(true);
    it.gateway.sipFaults.pong = 'swallow';
    const startMs = performance.now();
    await it.says('interrupted network/signalling-lost');
    const tookMs = performance.now() - startMs;
    // One second to the next ping, 2.5 s for its answer, and what a busy computer adds.
    expect(tookMs).toBeGreaterThan(2_400);
    expect(tookMs).toBeLessThan(4_500);
    it.gateway.sipFaults.pong = 'ok';
    await it.says('restored');
    expect(ufrags().at(-1)).not.toBe(ufrags()[0]);
    await goesOn();
  });

  test('is not one whose server never answers pings: that is asked by OPTIONS', async () => {
    it.gateway.sipFaults.pong = 'swallow';
    await it.talk();
    await it.eventually(() => it.statuses('OPTIONS')).toEqual([200]);
    await it.quiet(300);
    expect(await it.fact('says')).not.toContain('interrupted network/signalling-lost');
    expect(await it.fact('connection')).toEqual([]);
    await goesOn();
  });

  test('on a server that has forgotten the call: over, which another server would say, too', async () => {
    await it.talk();
    it.gateway.faults.reattach = 'never';
    it.gateway.dropSockets();
    expect(await it.end()).toBe('ended network network/reconnect-failed');
    expect(it.statuses('INVITE')).toContain(481);
    await it.release();
    await it.expectClean();
  });

  test('on a server that takes no new way for the sound: the call goes on as it was', async () => {
    await it.talk();
    it.gateway.faults.reattach = 'list-only';
    it.gateway.dropSockets();
    await it.says('restored');
    expect(it.statuses('INVITE')).toContain(488);
    await goesOn();
  });

  test('with a request under way: that is refused, the call lives', async () => {
    await it.talk();
    it.gateway.sipFaults.reinvite = 'swallow';
    const held = it.act('hold');
    await it.eventually(() => it.reinvites.length).toBe(1);
    it.gateway.sipFaults.reinvite = 'ok';
    it.gateway.dropSockets();
    expect(await held).toBe('call/not-ready');
    await it.says('restored');
    await goesOn();
    expect(await it.act('hold')).toBe('done');
    await it.lab.network.phone(ORDINARY).waitFor('held');
  });
});

describe('the registration after a lost connection', () => {
  const talk = async () => {
    // Timer F of RFC 3261, after which the library gives up, and our own pause between two logins.
    await it.hurry(400, 32_000, 5_000);
    await it.talk();
  };

  test('refused: a fresh token once, then on our own clock, and the call is not touched', async () => {
    await talk();
    it.gateway.faults.login = 'reject';
    it.gateway.dropSockets();
    await it.says('restored');
    const refusals = () => it.statuses('REGISTER').filter((code) => code === 403).length;
    await it.eventually(refusals).toBeGreaterThan(2);
    expect(await it.fact('tokens')).toEqual(['first', 'refused']);
    it.gateway.faults.login = 'ok';
    await it.connectionSays('ready');
    await goesOn();
  });

  test('never answered: tried again, which the library would not, and the call is not touched', async () => {
    await talk();
    it.gateway.faults.login = 'silent';
    it.gateway.dropSockets();
    await it.says('restored');
    const sent = it.requests('REGISTER').length;
    it.gateway.faults.login = 'ok';
    await it.connectionSays('ready');
    expect(it.requests('REGISTER').length).toBeGreaterThan(sent);
    await goesOn();
  });

  test('refused twice between calls: the session is over', async () => {
    await it.ready();
    it.gateway.faults.login = 'reject';
    it.gateway.dropSockets();
    await it.connectionSays('failed auth/token-rejected');
    expect(await it.fact('tokens')).toEqual(['first', 'refused']);
    await it.expectClean();
  });
});

test('a connection that is lost between calls takes none meanwhile, and is repaired', async () => {
  await it.ready();
  it.gateway.faults.tcp = 'refuse';
  await it.gateway.settled();
  it.gateway.dropSockets();
  await it.connectionSays('reconnecting network/signalling-lost');
  await it.dial(ORDINARY);
  expect(await it.end()).toBe('ended network network/signalling-lost');
  await it.release();
  it.gateway.faults.tcp = 'ok';
  await it.connectionSays('ready');
  await it.quiet(200);
  expect(it.gateway.invites).toEqual([]);
  await it.dial(ORDINARY);
  await it.says('answered signalling');
});

test('a connection that is there again, but not logged in, takes no call', async () => {
  await it.ready();
  it.gateway.faults.login = 'silent';
  const before = it.requests('REGISTER').length;
  it.gateway.dropSockets();
  await it.eventually(() => it.requests('REGISTER').length).toBeGreaterThan(before);
  await it.dial(ORDINARY);
  expect(await it.end()).toBe('ended network network/signalling-lost');
  expect(it.gateway.invites).toEqual([]);
});

describe('the sound', () => {
  test('the library’s own word that ICE has failed is no end', async () => {
    await it.talk();
    await it.pretend('iceConnectionState', 'failed');
    await it.quiet(300);
    await goesOn();
  });

  test('that does not come through any more gets another way, at the first sign of it', async () => {
    await it.talk();
    await it.pretend('connectionState', 'disconnected');
    // It is well again before the server has said that it is there: nothing is to be done.
    await it.quiet(300);
    expect(it.reinvites).toEqual([]);
    it.lab.network.phone(ORDINARY).loseMedia();
    await it.eventually(() => it.reinvites.length).toBe(1);
    expect(ufrags().at(-1)).not.toBe(ufrags()[0]);
    await goesOn();
    expect(await it.fact('connection')).toEqual([]);
  });
});

describe('a Dialer’s call', () => {
  const lab = useDialerLab();

  test('over a half-open connection is told to be reconnecting and reconnected, and stays active', async () => {
    const phone = lab.lab.network.phone(ORDINARY);
    const { page, remoteTone } = await lab.open(['sip']);
    await page.evaluate((to) => globalThis.everdialPage.dial(to), ORDINARY);
    await page.evaluate(() => globalThis.everdialPage.call.when('active').then(() => undefined));
    // Half open: it stays, and nothing passes any more.
    lab.lab.sip.freezeSockets();
    const events = () => page.evaluate(() => [...globalThis.everdialPage.events]);
    await expect.poll(events, { timeout: 4_500 }).toContain('(reconnecting)');
    await expect.poll(events, { timeout: 8_000 }).toContain('(reconnected)');
    expect(await page.evaluate(() => globalThis.everdialPage.call.state)).toBe('active');
    expect((await remoteTone()).frequency).toBeCloseTo(1400, -2);
    expect(phone.heard(300).frequency).toBeCloseTo(700, -2);
    expect(lab.lab.network.rings(ORDINARY)).toBe(1);
  });
});
