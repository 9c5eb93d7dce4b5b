/** What plain JsSIP is known to do in trouble: the provider is built against these. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { useJssipLab } from './jssip-lab.js';

const ORDINARY = '+12025550100';
const RINGS = '+12025550107';

const sip = useJssipLab();

describe('JsSIP as it is', () => {
  it('holds the INVITE back while a STUN server is silent', async () => {
    const stun = createSocket('udp4');
    stun.bind(0, '127.0.0.1');
    await once(stun, 'listening');
    let asked = 0;
    stun.on('message', () => {
      asked += 1;
    });
    await sip.logIn();
    const pcConfig = { iceServers: [{ urls: `stun:127.0.0.1:${stun.address().port}` }] };
    await sip.dial(ORDINARY, { pcConfig });
    await vi.waitFor(() => expect(asked).toBeGreaterThan(0), 5000);
    await sip.quiet(5000);
    stun.close();
    expect(await sip.log()).not.toContain('sending');
    expect(sip.lab.sip.invites).toEqual([]);
  });

  it('does not register again when a REGISTER had no answer', async () => {
    sip.lab.sip.faults.login = 'silent';
    await sip.connect({ register: false });
    await sip.logged('connected');
    const { clock } = sip.page.page;
    await clock.install();
    await sip.agent('register');
    await vi.waitFor(() => expect(sip.requests('REGISTER').length).toBe(1));
    await clock.runFor(33_000);
    await sip.logged('registrationFailed Request Timeout');
    await clock.runFor(600_000);
    await sip.quiet(300);
    expect(sip.requests('REGISTER').length).toBe(1);
    expect(sip.lab.sip.openSockets).toBe(1);
  });

  it('takes a refused registration for the end, without another try', async () => {
    Object.assign(sip.lab.sip.sipFaults, { registerCode: 503, retryAfter: 1 });
    await sip.connect();
    await sip.logged('registrationFailed SIP Failure Code 503');
    await sip.quiet(2500);
    expect(sip.requests('REGISTER').length).toBe(1);
  });

  it('notices nothing of a WebSocket that is dead', async () => {
    await sip.talk(ORDINARY);
    const before = await sip.log();
    sip.lab.sip.freezeSockets();
    await sip.quiet(4000);
    expect(await sip.log()).toEqual(before);
    expect(await sip.page.page.evaluate(() => globalThis.jssipPage.socketState())).toBe(1);
  });

  it('ends a call for a re-INVITE that was under way when the socket was lost', async () => {
    await sip.talk(ORDINARY);
    sip.lab.sip.sipFaults.reinvite = 'swallow';
    await sip.call('hold');
    await vi.waitFor(() => expect(sip.requests('INVITE').length).toBe(3));
    sip.lab.sip.dropSockets();
    await sip.logged('disconnected', 'connected', 'registered');
    expect((await sip.log()).filter((line) => line.startsWith('ended'))).toEqual([
      'ended local Connection Error',
    ]);
    // The phone was not told.
    expect(sip.lab.network.liveCalls).toBe(1);
  });

  it('ends a call for a re-INVITE that was refused because it is not known', async () => {
    await sip.talk(ORDINARY);
    sip.lab.sip.faults.reattach = 'never';
    sip.lab.sip.dropSockets();
    await sip.logged('disconnected', 'connected', 'registered');
    await sip.call('renegotiate', {});
    await sip.logged('disconnected', 'registered', 'ended local Dialog Error');
    expect(sip.lab.network.liveCalls).toBe(1);
  });

  it('loses a hang-up without a socket, and the phone stays in the call', async () => {
    await sip.talk(ORDINARY);
    sip.lab.sip.faults.tcp = 'refuse';
    await sip.lab.sip.settled();
    sip.lab.sip.dropSockets();
    await sip.logged('confirmed', 'disconnected');
    await sip.call('terminate', {});
    await sip.logged('ended local Terminated');
    sip.lab.sip.faults.tcp = 'ok';
    await sip.logged('disconnected', 'connected', 'registered');
    await sip.quiet(1000);
    expect(sip.requests('BYE')).toEqual([]);
    expect(sip.lab.network.liveCalls).toBe(1);
  });

  it('calls a call cancelled at once that nobody was told of', async () => {
    await sip.logIn();
    sip.lab.sip.faults.invite = 'swallow';
    await sip.dial(RINGS);
    await vi.waitFor(() => expect(sip.lab.sip.invites.length).toBe(1));
    await sip.call('terminate', {});
    await sip.logged('sending', 'failed local Canceled');
    await sip.quiet(1000);
    expect(sip.requests('CANCEL')).toEqual([]);
  });

  it('calls a call cancelled that is answered all the same, and ends it then', async () => {
    await sip.logIn();
    sip.lab.sip.faults.invite = 'late';
    await sip.dial(RINGS);
    await sip.lab.network.phone(RINGS).waitFor('ring-start');
    await sip.call('terminate', {});
    await sip.logged('failed local Canceled');
    sip.lab.network.phone(RINGS).answer();
    await sip.lab.network.phone(RINGS).waitFor('hung-up');
    expect(sip.requests('CANCEL')).toEqual([]);
    expect((await sip.log()).at(-1)).toBe('failed local Canceled');
  });

  it('leaves a phone alone that answered faster than its cancel: no ACK, no BYE', async () => {
    const phone = sip.lab.network.phone('+12025550113');
    await sip.logIn();
    await sip.dial(phone.number);
    await sip.logged('progress 180');
    sip.lab.sip.settings.ackTimeoutMs = 1000;
    await sip.call('terminate', {});
    await sip.logged('failed local Canceled');
    await phone.waitFor('answered');
    await sip.quiet(500);
    expect((await sip.log()).at(-1)).toBe('failed local Canceled');
    expect(sip.lab.network.liveCalls).toBe(1);
    // Only the server's own patience ends it.
    expect((await phone.waitFor('hung-up')).billedSeconds).toBeGreaterThan(0.9);
    expect([...sip.requests('ACK'), ...sip.requests('BYE')].length).toBe(1);
  });

  it('does not follow a redirect', async () => {
    sip.lab.sip.sipFaults.redirect = 'sip:+12025550111@lab.example';
    await sip.logIn();
    await sip.dial(ORDINARY);
    await sip.logged('failed remote Redirected 302');
    expect(sip.lab.sip.invites.length).toBe(1);
  });

  it('takes a call for over before its BYE is confirmed', async () => {
    await sip.talk(ORDINARY);
    sip.lab.sip.faults.bye = 'swallow';
    await sip.call('terminate', {});
    await sip.logged('ended local Terminated');
    await vi.waitFor(async () => expect((await sip.page.resources()).liveTracks).toBe(0));
    expect(sip.requests('BYE').length).toBe(1);
    expect(sip.lab.network.liveCalls).toBe(1);
  });
});
