/** CANCEL, BYE and what proves that a call is over. */
import { describe, expect, test } from 'vitest';
import { ORDINARY, RINGS, SipLab } from './sip-lab.js';
import { header, isResponse, withStatus } from './tap.js';

const GLARE = '+12025550113';

const it = new SipLab();

/** A hang-up that nobody confirms is over after 2.5 s; here after 600 ms. */
const hurry = () => it.hurry(600, 2_500);

describe('cancelled before the answer', () => {
  test('CANCEL and 487 are the proof', async () => {
    await it.call(RINGS, 'progress ringing');
    await it.hangup();
    expect(await it.end()).toBe('ended local final');
    expect(it.statuses('INVITE').at(-1)).toBe(487);
    expect(it.lab.network.history(RINGS).at(-1)?.type).toBe('cancelled');
    await it.release();
    await it.expectClean();
  });

  test('CANCEL waits for the first provisional response', async () => {
    const tap = await it.tap();
    const held: string[] = [];
    let holds = true;
    tap.toPage = (text) => {
      if (!holds || !/^SIP\/2.0 1/.test(text)) return text;
      held.push(text);
      return undefined;
    };
    await it.call(RINGS, 'sent');
    await it.lab.network.phone(RINGS).waitFor('ring-start');
    await it.hangup();
    await it.quiet(300);
    expect(it.requests('CANCEL')).toEqual([]);
    holds = false;
    for (const text of held) tap.send(text);
    expect(await it.end()).toBe('ended local final');
    expect(it.requests('CANCEL')).toHaveLength(1);
    await it.phonesQuiet();
  });

  test('in the moment of sending: the phone is not left ringing', async () => {
    await it.call(RINGS, 'ended local final', { hangsUpAt: 'sent' });
    await it.phonesQuiet();
  });

  test('an INVITE that nobody answers: ended without a proof, and no CANCEL', async () => {
    await hurry();
    it.gateway.faults.invite = 'swallow';
    await it.call(ORDINARY, 'sent');
    await it.hangup();
    expect(await it.end()).toBe('ended local');
    expect(it.requests('CANCEL')).toEqual([]);
    await it.release();
    await it.expectClean();
  });

  test('a CANCEL that is swallowed: ended without a proof', async () => {
    await hurry();
    it.gateway.sipFaults.cancel = 'swallow';
    await it.call(RINGS, 'progress ringing');
    await it.hangup();
    expect(await it.end()).toBe('ended local');
    expect(it.lab.network.liveCalls).toBe(1);
  });

  test.each([
    ['the caller', 'ended local final'],
    ['the callee', 'ended remote final'],
  ])('the callee answers in that moment: told, heard, and ended by %s', async (who, ended) => {
    await it.call(GLARE, 'progress ringing');
    await it.hangup();
    await it.says('answered signalling');
    await it.toneInPage();
    await it.toneAtPhone(GLARE);
    if (who === 'the caller') await it.hangup();
    else it.lab.network.phone(GLARE).hangUp();
    expect(await it.end()).toBe(ended);
    await it.phonesQuiet();
  });

  test('released, and answered after all: ACK and BYE', async () => {
    it.gateway.sipFaults.cancel = 'swallow';
    await it.call(RINGS, 'progress ringing');
    await it.release();
    await it.eventually(() => it.requests('CANCEL').length).toBe(1);
    it.lab.network.phone(RINGS).answer();
    await it.phonesQuiet();
    expect(it.requests('ACK')).not.toEqual([]);
    expect(it.requests('BYE')).toHaveLength(1);
    expect(it.lab.network.history(RINGS).at(-1)).toMatchObject({ type: 'hung-up', by: 'caller' });
    await it.expectClean();
  });
});

describe('hung up after the answer', () => {
  test('BYE says why, and its confirmation is the proof', async () => {
    await it.call(ORDINARY, 'answered signalling');
    await it.hangup();
    expect(await it.end()).toBe('ended local final');
    expect(it.requests('BYE')[0]?.headers.get('reason')).toMatch(/^Q\.850;cause=16;/);
    await it.phonesQuiet();
    await it.release();
    await it.expectClean();
  });

  test('a BYE that is swallowed proves nothing', async () => {
    await hurry();
    await it.call(ORDINARY, 'answered signalling');
    it.gateway.faults.bye = 'swallow';
    await it.hangup();
    expect(await it.end()).toBe('ended local');
    expect(it.lab.network.liveCalls).toBe(1);
  });

  test('a BYE to a server that does not know the call proves nothing', async () => {
    const tap = await it.tap();
    await it.call(ORDINARY, 'answered signalling');
    tap.toPage = (text) => (isResponse(text, '200', 'BYE') ? withStatus(text, '481 Gone') : text);
    await it.hangup();
    expect(await it.end()).toBe('ended local');
  });

  test.each(['kept', 'released'])(
    'without a socket, the leg %s: the BYE is delivered when there is one again',
    async (fate) => {
      await it.call(ORDINARY, 'answered signalling');
      it.gateway.faults.tcp = 'refuse';
      await it.gateway.settled();
      it.gateway.dropSockets();
      await it.says('interrupted network/signalling-lost');
      await it.hangup();
      if (fate === 'released') await it.release();
      await it.quiet(300);
      expect(it.requests('BYE')).toEqual([]);
      it.gateway.faults.tcp = 'ok';
      await it.phonesQuiet();
      expect(it.requests('BYE')).toHaveLength(1);
      if (fate === 'kept') expect(await it.end()).toBe('ended local final');
      await it.release();
      await it.expectClean();
    },
  );

  test('by the callee: told with no error', async () => {
    await it.call(ORDINARY, 'answered signalling');
    it.lab.network.phone(ORDINARY).hangUp();
    expect(await it.end()).toBe('ended remote final');
    await it.release();
    await it.expectClean();
  });
});

describe('the socket is lost while it rings', () => {
  const lose = async () => {
    await it.dial(RINGS);
    await it.says('progress ringing');
    it.gateway.dropSockets();
    await it.says('interrupted network/signalling-lost');
  };

  test('a phone that nobody hears of must not ring: CANCEL over the new socket, no proof', async () => {
    await it.ready();
    await lose();
    await it.phonesQuiet();
    expect(it.requests('CANCEL')).toHaveLength(1);
    // The gateway's 487 belongs to the old socket, as with many a server.
    expect(await it.end()).toBe('ended network network/signalling-lost');
  });

  test('the proof is the 487, where a server sends it over the new socket', async () => {
    const tap = await it.tap();
    tap.toPage = (text) => {
      if (!isResponse(text, '200', 'CANCEL')) return text;
      const invite = tap.sent.filter((sent) => sent.startsWith('INVITE')).at(-1) ?? '';
      const end = withStatus(text, '487 Request Terminated')
        .replace(/^CSeq: .*\r$/m, `CSeq: ${header(invite, 'CSeq')}\r`)
        .replace(/^Via: .*\r$/m, `Via: ${header(invite, 'Via')}\r`);
      setTimeout(() => tap.send(end), 50);
      return text;
    };
    await it.ready();
    await lose();
    expect(await it.end()).toBe('ended network final network/signalling-lost');
    await it.phonesQuiet();
  });

  test('hung up meanwhile: the phone is told as soon as there is a socket', async () => {
    await it.ready();
    await lose();
    await it.hangup();
    await it.release();
    await it.phonesQuiet();
    await it.expectClean();
  });
});
