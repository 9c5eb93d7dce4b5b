/** A call from the INVITE to the answer: what it carries, and what a far side may do with it. */
import { describe, expect, test } from 'vitest';
import { ORDINARY, RINGS, SipLab } from './sip-lab.js';
import { bodyOf, isResponse, withBody } from './tap.js';

const it = new SipLab();

/** The INVITE that began the call. */
const invite = () => {
  const [request] = it.requests('INVITE');
  if (!request) throw new Error('No INVITE was sent');
  return request;
};

describe('a call', () => {
  test('is told in the order in which it happens, and heard both ways', async () => {
    await it.talk();
    const callId = invite().headers.get('call-id');
    expect((await it.fact('says')).filter((line) => line !== 'remote-stream')).toEqual([
      'peer-connection',
      'sent',
      `identified ${callId}`,
      'acknowledged',
      'progress ringing',
      'answered signalling',
    ]);
    expect(await it.fact('says')).toContain('remote-stream');
  });

  test('carries caller ID, display name and custom headers', async () => {
    await it.ready({ options: { displayName: 'Visitor' } });
    await it.dial(ORDINARY, { from: '+12025550177', params: { campaign: 'spring' } });
    await it.says('sent');
    await it.eventually(() => it.gateway.invites.length).toBe(1);
    expect(it.gateway.invites[0]).toMatchObject({
      to: ORDINARY,
      params: { campaign: 'spring', 'everdial-call-id': 'call-1' },
    });
    expect(invite().headers.get('x-campaign')).toBe('spring');
    expect(invite().headers.get('from')).toMatch(
      /^"Visitor" <sip:(\+|%2B)12025550177@lab.example>/,
    );
  });

  test.each([
    [['opus', 'pcmu'], 'opus/48000'],
    [['pcmu', 'opus'], 'PCMU/8000'],
  ])('offers its codecs in the order %s, and is heard with each', async (codecs, first) => {
    await it.talk({ context: { codecs } });
    const { body } = invite();
    const payload = /m=audio \d+ \S+ (\d+)/.exec(body)?.[1];
    expect(body).toContain(`a=rtpmap:${payload} ${first}`);
    expect(body).toContain('telephone-event');
  });

  test('is heard both ways over a gateway that knows G.711 only', async () => {
    const tap = await it.tap();
    tap.toGateway = (text) =>
      text.startsWith('INVITE')
        ? withBody(text, bodyOf(text).replace(/^a=(rtpmap:\d+ opus|fmtp:111).*\r\n/gm, ''))
        : text;
    await it.talk();
    expect(bodyOf(tap.answer)).toContain('PCMU');
    expect(bodyOf(tap.answer)).not.toContain('opus');
  });

  test.each([
    ['rtp', 0],
    ['signalling', 1],
  ] as const)('sends digits by %s', async (digits, infos) => {
    await it.ready({ options: { digits } });
    await it.dial(ORDINARY);
    await it.says('answered signalling');
    expect(await it.act('digit 5')).toBe('done');
    expect((await it.lab.network.phone(ORDINARY).waitFor('digit')).digit).toBe('5');
    expect(it.requests('INFO').map(({ body }) => body)).toEqual(
      Array(infos).fill('Signal=5\r\nDuration=100'),
    );
  });

  test('is sent without a microphone, and can get one later', async () => {
    await it.ready();
    await it.dial(ORDINARY, { listenOnly: true });
    await it.toneInPage();
    const { page } = it.page;
    expect(await page.evaluate(() => globalThis.sipPage.microphonesOpened)).toBe(0);
    await page.evaluate(() => globalThis.sipPage.replaceTrack(900));
    await it.toneAtPhone(ORDINARY, 900);
  });

  test('stays where it is when it is not handed over; when it is, and answered there, it is hung up', async () => {
    const tap = await it.tap();
    await it.talk();
    tap.toPage = (text) =>
      text.startsWith('NOTIFY')
        ? undefined
        : text.replace(/^SIP\/2.0 202 .*/, 'SIP/2.0 603 Decline');
    expect(await it.act('transfer')).toBe('call/not-ready');
    await it.toneAtPhone(ORDINARY);
    tap.toPage = (text) => text;
    expect(await it.act('transfer')).toBe('done');
    expect(it.gateway.transfers.at(-1)).toMatchObject({ to: '+12025550199' });
    expect(await it.end()).toBe('ended local final');
    await it.phonesQuiet();
  });

  test('after another one over the same session registers and connects once', async () => {
    await it.call(ORDINARY, 'answered signalling');
    await it.hangup();
    expect(await it.end()).toBe('ended local final');
    await it.release();
    await it.dial(ORDINARY);
    await it.says('answered signalling');
    expect(it.gateway.logins.map(({ token }) => token)).toEqual(['visitor']);
    await it.expectClean();
  });
});

describe('on the way to the answer', () => {
  test('early media is told and heard before anybody answers', async () => {
    it.lab.network.phone(RINGS).behaviour = { earlyMedia: { tone: 620 }, answerAfterMs: undefined };
    await it.call(RINGS, 'progress ringing early');
    await it.toneInPage(620);
    it.lab.network.phone(RINGS).answer();
    await it.says('answered signalling');
    await it.toneInPage();
    await it.toneAtPhone(RINGS);
  });

  test('183 without a description is progress, and no sound', async () => {
    const tap = await it.tap();
    tap.toPage = (text) => (isResponse(text, '183', 'INVITE') ? withBody(text, '') : text);
    it.lab.network.phone(RINGS).behaviour = {
      rings: false,
      earlyMedia: { tone: 620 },
      answerAfterMs: undefined,
    };
    await it.call(RINGS, 'progress');
    expect(await it.fact('says')).not.toContain('progress early');
    it.lab.network.phone(RINGS).answer();
    await it.says('answered signalling');
    await it.toneAtPhone(RINGS);
  });

  test.each(['the second', 'the first'])(
    'two phones ring and %s answers: one call, heard both ways, hung up where it was answered',
    async (which) => {
      it.gateway.sipFaults.fork = true;
      const tap = await it.tap();
      let waiting: string | undefined;
      tap.toPage = (text) => {
        // The one who rang last is who answers: where the first is to, they ring the other way round.
        if (which === 'the second' || !isResponse(text, '180', 'INVITE')) return text;
        if (waiting === undefined) {
          waiting = text;
          return undefined;
        }
        tap.send(text);
        return waiting;
      };
      await it.talk();
      expect(it.statuses('INVITE').filter((status) => status === 180)).toHaveLength(2);
      expect((await it.fact('says')).filter((line) => line.startsWith('answered'))).toHaveLength(1);
      await it.hangup();
      expect(await it.end()).toBe('ended local final');
      await it.phonesQuiet();
    },
  );

  test('a server that sends garbage between its messages disturbs nothing', async () => {
    it.gateway.sipFaults.garbage = true;
    await it.talk();
    expect(await it.act('hold')).toBe('done');
    expect(await it.act('resume')).toBe('done');
    await it.hangup();
    expect(await it.end()).toBe('ended local final');
    await it.release();
    await it.expectClean();
  });

  test('an answer without a description: hung up at once, and no proof of anything', async () => {
    const tap = await it.tap();
    tap.toPage = (text) => (isResponse(text, '200', 'INVITE') ? withBody(text, '') : text);
    await it.call(ORDINARY, 'sent');
    expect(await it.end()).toBe('ended local media/negotiation-failed');
    expect(await it.fact('says')).toContain('answered signalling');
    await it.phonesQuiet();
    expect(it.requests('BYE')).toHaveLength(1);
    await it.release();
    await it.expectClean();
  });

  test('a redirection is not followed', async () => {
    it.gateway.sipFaults.redirect = 'sip:+12025550199@lab.example';
    await it.call(ORDINARY, 'sent');
    expect(await it.end()).toMatch(/^ended remote final /);
    expect(it.gateway.invites).toHaveLength(1);
    expect(it.lab.network.events).toEqual([]);
  });

  test('a server that is too busy says when it will not be', async () => {
    Object.assign(it.gateway.sipFaults, { inviteCode: 503, retryAfter: 30 });
    await it.call(ORDINARY, 'sent');
    expect(await it.end()).toBe('ended remote final provider/server-error');
    expect(await it.fact('lastError')).toMatchObject({ sipCode: 503, retryAfterMs: 30_000 });
  });
});
