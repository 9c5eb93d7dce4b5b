import { describe, expect, it, vi } from 'vitest';
import { MICROPHONE_HZ, useJssipLab } from './jssip-lab.js';

const ORDINARY = '+12025550100';
const RINGS = '+12025550107';
const ENDED_BY_US = 'ended local Terminated';

const sip = useJssipLab();

const digits = (number: string) =>
  sip.lab.network.history(number).flatMap(({ type, digit }) => (type === 'digit' ? [digit] : []));

describe('JsSIP as it is, on the gateway', () => {
  it('carries a call with sound both ways, digits and hold', async () => {
    await sip.logIn();
    expect(sip.lab.sip.logins.map(({ token }) => token)).toEqual(['alice']);
    await sip.dial(ORDINARY);
    await sip.logged('sending', 'progress 180', 'accepted 200', 'confirmed');
    await sip.toneInPage(1400);
    await sip.toneAtPhone(ORDINARY, MICROPHONE_HZ);
    const phone = sip.lab.network.phone(ORDINARY);

    await sip.call('sendDTMF', '1#', { transportType: 'RFC2833' });
    await phone.waitFor('digit', { nth: 2 });
    await sip.call('sendDTMF', '59', { transportType: 'INFO', interToneGap: 50 });
    await phone.waitFor('digit', { nth: 4 });
    expect(digits(ORDINARY)).toEqual(['1', '#', '5', '9']);

    expect(await sip.call('hold')).toBe(true);
    await sip.logged('hold');
    await phone.waitFor('held');
    await sip.toneAtPhone(ORDINARY, 0);
    await sip.call('unhold');
    await phone.waitFor('resumed');
    await sip.toneInPage(1400);
    await sip.toneAtPhone(ORDINARY, MICROPHONE_HZ);

    await sip.call('terminate', {});
    await sip.logged(ENDED_BY_US);
    const end = await phone.waitFor('hung-up', { callId: 'call-1' });
    expect(end).toMatchObject({ by: 'caller', carrier: 'sip' });
    expect(sip.lab.network.rings(ORDINARY)).toBe(1);
    expect(sip.lab.network.everRangTwice()).toBe(false);
    expect(sip.lab.sip.invites).toMatchObject([
      { to: ORDINARY, params: { 'everdial-call-id': 'call-1' } },
    ]);
    await vi.waitFor(async () =>
      expect(await sip.page.resources()).toMatchObject({
        liveTracks: 0,
        peerConnections: 0,
        sockets: 1,
      }),
    );
    expect(sip.page.pageErrors).toEqual([]);
  });

  it('logs in with a bearer token, and calls with it', async () => {
    await sip.logIn({ password: null, authorization_jwt: 'Bearer lab-sip-1' });
    await sip.dial(ORDINARY);
    await sip.logged('confirmed');
    expect(sip.lab.sip.logins.map(({ token }) => token)).toEqual(['lab-sip-1']);
    expect(sip.requests('INVITE').length).toBe(1);
  });

  it('calls without a registration', async () => {
    await sip.connect({ register: false });
    await sip.logged('connected');
    await sip.dial(ORDINARY);
    await sip.logged('confirmed');
    await sip.toneInPage(1400);
    expect(sip.lab.sip.logins.map(({ token }) => token)).toEqual(['alice']);
    expect(sip.lab.sip.invites.length).toBe(1);
  });

  it('ends when the callee hangs up', async () => {
    await sip.talk(ORDINARY);
    sip.lab.network.phone(ORDINARY).hangUp();
    await sip.logged('ended remote Terminated');
    expect(sip.lab.network.history(ORDINARY).at(-1)).toMatchObject({ by: 'callee' });
  });

  it.each([
    ['+12025550101', 'Busy 486'],
    ['+12025550103', 'Rejected 603'],
    ['+12025550104', 'Not Found 404'],
    ['+12025550105', 'SIP Failure Code 503'],
    ['+12025550106', 'SIP Failure Code 500'],
    ['+12025550118', 'SIP Failure Code 504'],
  ])('tells why %s did not answer: %s', async (number, cause) => {
    await sip.logIn();
    await sip.dial(number);
    await sip.logged(`failed remote ${cause}`);
  });

  it('takes a call back that rings', async () => {
    await sip.logIn();
    await sip.dial(RINGS);
    await sip.logged('progress 180');
    await sip.call('terminate', {});
    await sip.logged('failed local Canceled');
    await sip.lab.network.phone(RINGS).waitFor('cancelled');
    await vi.waitFor(() =>
      expect(sip.lab.sip.frames.some(({ text }) => text.startsWith('SIP/2.0 487'))).toBe(true),
    );
  });

  it('lets early media be heard before the answer', async () => {
    const phone = sip.lab.network.phone('+12025550108');
    phone.behaviour = { earlyMedia: { tone: 620 }, answerAfterMs: undefined };
    await sip.logIn();
    await sip.dial(phone.number);
    await sip.logged('progress 180', 'progress 183');
    await sip.toneInPage(620);
    phone.answer();
    await sip.logged('progress 183', 'confirmed');
    await sip.toneInPage(1400);
    await sip.toneAtPhone(phone.number, MICROPHONE_HZ);
  });

  it('finds its media again by an ICE restart', async () => {
    await sip.talk(ORDINARY);
    await sip.toneInPage(1400);
    sip.lab.network.phone(ORDINARY).loseMedia();
    await sip.toneAtPhone(ORDINARY, 0);
    await sip.call('renegotiate', { rtcOfferConstraints: { iceRestart: true } });
    await sip.toneInPage(1400);
    await sip.toneAtPhone(ORDINARY, MICROPHONE_HZ);
  });

  it('hands a call over', async () => {
    await sip.talk(ORDINARY);
    await sip.call('refer', 'sip:+12025550155@lab.example', {});
    await vi.waitFor(() => expect(sip.lab.sip.transfers).toMatchObject([{ to: '+12025550155' }]));
    await vi.waitFor(() => {
      const answers = sip.lab.sip.frames.filter(({ text }) => /CSeq: \d+ NOTIFY/.test(text));
      expect(answers.filter(({ text }) => text.startsWith('SIP/2.0 200')).length).toBe(2);
    });
  });

  it('takes a call from the lab, with sound both ways', async () => {
    await sip.logIn();
    const call = await sip.lab.sip.call('alice', { from: '+12025550177' });
    call.media.play({ tone: 1100 });
    await sip.logged('incoming');
    await sip.call('answer');
    await sip.logged('confirmed');
    expect(call.responses.map(({ status }) => status)).toEqual([100, 180, 200]);
    await sip.toneInPage(1100);
    await vi.waitFor(() => expect(call.media.heard(300).frequency).toBeCloseTo(700, -1), 5000);
    call.hangup();
    await sip.logged('ended remote Terminated');
  });

  it('refuses a call from the lab, and notices when one is taken back', async () => {
    await sip.logIn();
    const call = await sip.lab.sip.call('alice');
    await sip.logged('incoming');
    await sip.call('terminate', { status_code: 603 });
    await vi.waitFor(() => expect(call.responses.at(-1)?.status).toBe(603));
    const other = await sip.lab.sip.call('alice');
    await sip.logged('incoming', 'incoming');
    other.cancel();
    await vi.waitFor(() => expect(other.responses.at(-1)?.status).toBe(487));
    await sip.logged('incoming', 'incoming', 'failed remote Canceled');
  });

  it('comes back after a lost socket, and its BYE ends the call', async () => {
    await sip.talk(ORDINARY);
    sip.lab.sip.dropSockets();
    await sip.logged('confirmed', 'disconnected', 'connected', 'registered');
    await sip.toneInPage(1400);
    await sip.call('terminate', {});
    await sip.lab.network.phone(ORDINARY).waitFor('hung-up');
    expect(sip.lab.network.rings(ORDINARY)).toBe(1);
  });

  it('is not disturbed by broken frames, or by a second phone that rings', async () => {
    Object.assign(sip.lab.sip.sipFaults, { garbage: true, fork: true });
    await sip.talk(ORDINARY);
    await sip.toneInPage(1400);
    await sip.call('terminate', {});
    await sip.lab.network.phone(ORDINARY).waitFor('hung-up');
    expect(sip.page.pageErrors).toEqual([]);
  });
});
