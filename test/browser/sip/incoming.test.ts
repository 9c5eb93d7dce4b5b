/** Calls that come in over the registration. */
import { describe, expect, test } from 'vitest';
import type { IncomingCall } from '../../lab/sip/incoming-call.js';
import { MICROPHONE_HZ, PHONE_HZ, SipLab } from './sip-lab.js';

const it = new SipLab();

/** Calls the page and waits until it was told of it. */
async function comeIn(): Promise<IncomingCall> {
  await it.ready({ incoming: 'attach' });
  const call = await it.gateway.call('visitor', {
    from: '+12025550142',
    params: { campaign: 'spring' },
  });
  await it.eventually(() => it.fact('incoming')).toHaveLength(1);
  return call;
}

const statuses = ({ responses }: IncomingCall) => responses.map(({ status }) => status);

describe('a call that comes in', () => {
  test('says who calls, is taken, and is heard both ways', async () => {
    const call = await comeIn();
    expect(await it.fact('incoming')).toEqual([
      { from: '+12025550142', to: 'visitor', params: { campaign: 'spring' } },
    ]);
    expect(await it.act('answer')).toBe('done');
    await it.says('answered signalling');
    call.media.play({ tone: PHONE_HZ });
    await it.toneInPage();
    const heard = () => Math.abs(call.media.heard(200).frequency - MICROPHONE_HZ);
    await it.eventually(heard).toBeLessThan(10);
    expect(await it.act('hold')).toBe('done');
    expect(call.held).toBe(true);
    expect(await it.act('resume')).toBe('done');
    await it.hangup();
    expect(await it.end()).toBe('ended local final');
    await it.eventually(() => call.state).toBe('over');
    await it.release();
    await it.expectClean();
  });

  test('is taken without a microphone, and can get one later', async () => {
    const call = await comeIn();
    expect(await it.act('listen')).toBe('done');
    await it.says('answered signalling');
    const { page } = it.page;
    expect(await page.evaluate(() => globalThis.sipPage.microphonesOpened)).toBe(0);
    await page.evaluate(() => globalThis.sipPage.replaceTrack(900));
    const heard = () => Math.abs(call.media.heard(200).frequency - 900);
    await it.eventually(heard).toBeLessThan(10);
  });

  test('is taken up again when the socket is lost', async () => {
    const call = await comeIn();
    await it.act('answer');
    await it.says('answered signalling');
    call.media.play({ tone: PHONE_HZ });
    await it.toneInPage();
    it.gateway.dropSockets();
    await it.says('restored');
    await it.toneInPage();
    expect(call.state).toBe('answered');
  });

  test('is refused', async () => {
    const call = await comeIn();
    await it.hangup();
    expect(await it.end()).toBe('ended local final');
    await it.eventually(() => statuses(call)).toContain(603);
    await it.release();
    await it.expectClean();
  });

  test('is taken back by the caller', async () => {
    const call = await comeIn();
    call.cancel();
    expect(await it.end()).toBe('ended remote final call/cancelled');
    expect(statuses(call).at(-1)).toBe(487);
    await it.release();
    await it.expectClean();
  });

  test('is let go between our answer and the caller’s word that it came: hung up all the same', async () => {
    const tap = await it.tap();
    const call = await comeIn();
    let late: string | undefined;
    tap.toPage = (text) => {
      if (!text.startsWith('ACK')) return text;
      late = text;
      return undefined;
    };
    expect(await it.act('answer')).toBe('done');
    await it.eventually(() => late !== undefined).toBe(true);
    await it.release();
    tap.send(late ?? '');
    await it.eventually(() => call.state).toBe('over');
    expect(it.requests('BYE')).toHaveLength(1);
    await it.expectClean();
  });

  test('is hung up by the caller after the answer', async () => {
    const call = await comeIn();
    await it.act('answer');
    await it.says('answered signalling');
    call.hangup();
    expect(await it.end()).toBe('ended remote final');
    await it.release();
    await it.expectClean();
  });

  test('nobody takes it: 480', async () => {
    await it.ready({ incoming: 'ignore' });
    const call = await it.gateway.call('visitor');
    await it.eventually(() => statuses(call).at(-1)).toBe(480);
    expect(await it.fact('incoming')).toHaveLength(1);
    await it.expectClean();
  });

  test('is not even told where nobody asked for calls', async () => {
    await it.ready();
    const call = await it.gateway.call('visitor');
    await it.eventually(() => statuses(call).at(-1)).toBe(480);
    expect(await it.fact('incoming')).toEqual([]);
    await it.expectClean();
  });
});

describe('closing', () => {
  test.each(['answered', 'ringing'])(
    'with a call that is %s: the phone is told, the registration taken back, nothing is left',
    async (state) => {
      const number = state === 'answered' ? '+12025550100' : '+12025550107';
      await it.call(number, state === 'answered' ? 'answered signalling' : 'progress ringing');
      const startMs = performance.now();
      await it.closeSession();
      expect(performance.now() - startMs).toBeLessThan(2_000);
      await it.phonesQuiet();
      expect(it.requests('REGISTER').at(-1)?.headers.get('expires')).toBe('0');
      expect(it.gateway.registered).toEqual([]);
      await it.expectClean();
      expect((await it.fact('says')).some((line) => line.startsWith('ended'))).toBe(false);
    },
  );

  test('at a server that answers nothing any more: quick all the same', async () => {
    await it.call('+12025550100', 'answered signalling');
    it.gateway.freezeSockets();
    const startMs = performance.now();
    await it.closeSession();
    expect(performance.now() - startMs).toBeLessThan(2_500);
    expect(await it.page.resources()).toMatchObject({ peerConnections: 0, timeouts: 0 });
  });
});
