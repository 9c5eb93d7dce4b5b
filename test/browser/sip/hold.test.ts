/** Hold, mute and everything else that a new offer in the call must not break. */
import { describe, expect, test } from 'vitest';
import { ORDINARY, SipLab } from './sip-lab.js';
import { bodyOf, isResponse, type Tap } from './tap.js';

const it = new SipLab();

const phone = () => it.lab.network.phone(ORDINARY);
const silence = () => it.eventually(() => phone().heard(200).level).toBeLessThan(0.005);

/** The far side offers another direction, and acknowledges the answer. */
async function offerTo(tap: Tap, sequence: number, direction: 'sendonly' | 'sendrecv') {
  const offer = bodyOf(tap.answer)
    .replace(/^a=setup:\w+/gm, 'a=setup:actpass')
    .replace(/^a=(sendrecv|recvonly|sendonly)/gm, `a=${direction}`)
    .replace(/^(o=\S+ \S+) \d+/m, `$1 ${sequence}`);
  const isAnswer = (text: string) =>
    isResponse(text, '200', 'INVITE') && text.includes(`CSeq: ${sequence} INVITE`);
  tap.request('INVITE', sequence, offer, ['Content-Type: application/sdp']);
  await it.eventually(() => tap.sent.some(isAnswer)).toBe(true);
  tap.request('ACK', sequence, '');
}

describe('hold', () => {
  test('sends nothing and lets nothing through; taken back, both are heard', async () => {
    await it.talk();
    expect(await it.act('hold')).toBe('done');
    await phone().waitFor('held');
    expect(it.reinvites.at(-1)?.body).toMatch(/^a=inactive\r?$/m);
    await it.quiet(200);
    const before = it.peer(ORDINARY).packetsReceived;
    await it.quiet(600);
    expect(it.peer(ORDINARY).packetsReceived - before).toBe(0);
    expect(await it.fact('isEnabled')).toBe(true);
    expect(await it.act('resume')).toBe('done');
    await phone().waitFor('resumed');
    await it.toneAtPhone(ORDINARY);
    await it.toneInPage();
  });

  test('refused by the server: told, the call lives, and the next one is taken', async () => {
    await it.talk();
    it.gateway.sipFaults.reinvite = 'refuse';
    expect(await it.act('hold')).toBe('call/not-ready');
    await it.quiet(200);
    await it.toneAtPhone(ORDINARY);
    await it.toneInPage();
    expect(it.requests('BYE')).toEqual([]);
    it.gateway.sipFaults.reinvite = 'ok';
    expect(await it.act('hold')).toBe('done');
    await phone().waitFor('held');
    // Refused while it is held: it stays so, and lives.
    it.gateway.sipFaults.reinvite = 'refuse';
    expect(await it.act('resume')).toBe('call/not-ready');
    it.gateway.sipFaults.reinvite = 'ok';
    expect(await it.act('resume')).toBe('done');
    await it.toneAtPhone(ORDINARY);
  });

  test('never answered: told when the library gives up, and the call lives', async () => {
    // Timer B of RFC 3261.
    await it.hurry(500, 32_000);
    await it.talk();
    it.gateway.sipFaults.reinvite = 'swallow';
    expect(await it.act('hold')).toBe('call/not-ready');
    it.gateway.sipFaults.reinvite = 'ok';
    await it.toneAtPhone(ORDINARY);
    expect(it.requests('BYE')).toEqual([]);
    expect(await it.act('hold')).toBe('done');
    await phone().waitFor('held');
  });

  test('and back in one breath: one after the other', async () => {
    await it.talk();
    expect(await Promise.all([it.act('hold'), it.act('resume')])).toEqual(['done', 'done']);
    await phone().waitFor('resumed');
    await it.toneAtPhone(ORDINARY);
    expect(it.reinvites).toHaveLength(2);
  });

  test('by the far side is told, and so is its end', async () => {
    const tap = await it.tap();
    await it.talk();
    await offerTo(tap, 500, 'sendonly');
    await it.says('remote-hold true');
    expect(await it.fact('isEnabled')).toBe(true);
    await offerTo(tap, 501, 'sendrecv');
    await it.says('remote-hold false');
    await it.toneAtPhone(ORDINARY);
  });
});

describe('a muted microphone', () => {
  test('stays muted whatever is negotiated', async () => {
    const tap = await it.tap();
    await it.talk();
    await it.setMuted(true);
    await silence();
    const stillMuted = async () => {
      await it.quiet(250);
      expect(await it.fact('isEnabled')).toBe(false);
      expect(phone().heard(200).level).toBeLessThan(0.005);
    };
    expect(await it.act('hold')).toBe('done');
    expect(await it.act('resume')).toBe('done');
    await stillMuted();
    await offerTo(tap, 500, 'sendonly');
    await it.says('remote-hold true');
    await offerTo(tap, 501, 'sendrecv');
    await it.says('remote-hold false');
    await stillMuted();
    it.gateway.dropSockets();
    await it.says('restored');
    await stillMuted();
    await it.setMuted(false);
    await it.toneAtPhone(ORDINARY);
  });

  test('that was muted before the call is so in it', async () => {
    await it.ready();
    await it.dial(ORDINARY, { muted: true });
    await it.toneInPage();
    expect(phone().heard(300).level).toBeLessThan(0.005);
    await it.setMuted(false);
    await it.toneAtPhone(ORDINARY);
  });
});

test('another microphone is heard, or none, also after a new offer', async () => {
  await it.talk();
  const replace = (frequency: number | undefined) =>
    it.page.page.evaluate((wanted) => globalThis.sipPage.replaceTrack(wanted), frequency);
  await replace(900);
  await it.toneAtPhone(ORDINARY, 900);
  it.gateway.dropSockets();
  await it.says('restored');
  await it.toneAtPhone(ORDINARY, 900);
  await replace(undefined);
  await silence();
});
