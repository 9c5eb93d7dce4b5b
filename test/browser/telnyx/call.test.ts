import { describe, expect, test, vi } from 'vitest';
import { NOTHING_LEFT } from '../../lab/browser/browser-lab.js';
import { AdapterLab, MICROPHONE_HZ, PHONE_HZ } from './adapter-lab.js';

const ORDINARY = '+12025550100';

const it = new AdapterLab();

/** The INVITE that left the browser. */
function invite() {
  const [text = '{}'] = it.sent('telnyx_rtc.invite');
  const { params } = JSON.parse(text) as {
    params: { sdp: string; trickle?: boolean; dialogParams: Record<string, unknown> };
  };
  return params;
}

describe('a call', () => {
  test('is told in the order in which it happens', async () => {
    await it.call(ORDINARY, 'answered signalling');
    await it.says('remote-stream');
    expect(await it.said()).toEqual([
      'peer-connection',
      'sent',
      'acknowledged',
      'identified',
      'progress ringing',
      'answered signalling',
      'remote-stream',
    ]);
    await it.toneInPage(PHONE_HZ);
    await it.toneAtPhone(ORDINARY, MICROPHONE_HZ);
  });

  test('carries caller ID, parameters and client state', async () => {
    await it.ready();
    await it.dial(ORDINARY, { from: '+12025550177', params: { campaign: 'spring' } });
    await it.says('sent');
    await vi.waitFor(() => expect(it.gateway.invites).toHaveLength(1));
    expect(it.gateway.invites[0]?.params).toEqual({
      campaign: 'spring',
      'everdial-call-id': 'call-1',
    });
    const { clientState, caller_id_number } = invite().dialogParams;
    expect(caller_id_number).toBe('+12025550177');
    expect(Buffer.from(String(clientState), 'base64').toString()).toBe('state of call-1 ✓');
  });

  test.each([
    [['opus', 'pcmu'], 'opus/48000'],
    [['pcmu', 'opus'], 'PCMU/8000'],
  ])('offers its codecs in the order %s, and DTMF with them', async (codecs, first) => {
    await it.ready({ context: { codecs } });
    await it.dial(ORDINARY);
    await it.says('answered signalling');
    const { sdp, trickle } = invite();
    const payload = /m=audio \d+ \S+ (\d+)/.exec(sdp)?.[1];
    expect(sdp).toContain(`a=rtpmap:${payload} ${first}`);
    expect(sdp).toContain('telephone-event');
    // G.711 has 64 kbit/s: with a lower limit the browser would refuse the answer.
    await it.toneInPage(PHONE_HZ);
    await it.toneAtPhone(ORDINARY, MICROPHONE_HZ);
    expect(trickle).toBe(true);
  });

  test('limits the bit rate and uses relays only where it is told to', async () => {
    await it.ready({ context: { relayOnly: true } });
    await it.dial(ORDINARY);
    await it.says('answered signalling');
    const found = () =>
      it.page.page.evaluate(() => {
        const [connection] = globalThis.everdialLab.peerConnections();
        const [encoding] = connection?.getSenders()[0]?.getParameters().encodings ?? [];
        return [connection?.getConfiguration().iceTransportPolicy, encoding?.maxBitrate];
      });
    await expect.poll(found).toEqual(['relay', 32_000]);
  });

  test('sends digits, is held and taken back', async () => {
    await it.call(ORDINARY, 'answered signalling');
    const phone = it.lab.network.phone(ORDINARY);
    expect(await it.act('digit 5')).toBe('done');
    expect((await phone.waitFor('digit')).digit).toBe('5');
    expect(await it.act('hold')).toBe('done');
    await phone.waitFor('held');
    expect(await it.act('resume')).toBe('done');
    await phone.waitFor('resumed');
    expect((await it.said()).filter((line) => line.startsWith('answered'))).toHaveLength(1);
  });

  test('is sent without a microphone, and can get one later', async () => {
    await it.ready();
    await it.dial(ORDINARY, { listenOnly: true });
    await it.toneInPage();
    const opened = () => it.page.page.evaluate(() => globalThis.adapterPage.microphonesOpened);
    expect(await opened()).toBe(0);
    await it.page.page.evaluate(() => globalThis.adapterPage.replaceTrack(900));
    await it.toneAtPhone(ORDINARY, 900);
  });

  test('stays muted when it was muted before it was made', async () => {
    await it.ready();
    await it.dial(ORDINARY, { muted: true });
    await it.toneInPage();
    expect(it.lab.network.phone(ORDINARY).heard(300).level).toBeLessThan(0.005);
    await it.page.page.evaluate(() => globalThis.adapterPage.setMuted(false));
    await it.toneAtPhone(ORDINARY);
  });

  test('gets another track without ending, and leaves the microphone alive at its end', async () => {
    await it.call(ORDINARY, 'answered signalling');
    await it.toneAtPhone(ORDINARY);
    await it.page.page.evaluate(() => globalThis.adapterPage.replaceTrack(900));
    await it.toneAtPhone(ORDINARY, 900);
    await it.page.page.evaluate(() => globalThis.adapterPage.replaceTrack(undefined));
    await vi.waitFor(() =>
      expect(it.lab.network.phone(ORDINARY).heard(200).level).toBeLessThan(0.005),
    );
    it.lab.network.phone(ORDINARY).hangUp();
    await it.says('ended remote final');
    await it.release();
    expect(await it.page.page.evaluate(() => globalThis.adapterPage.microphoneLive)).toBe(true);
    // The microphone and the other track are the page's own; the leg's copy is not live any more.
    await it.nothingLeft({ liveTracks: 2, peerConnections: 0 });
  });

  test('is followed by another one over the same session, and nothing is left in the end', async () => {
    await it.call(ORDINARY, 'answered signalling');
    await it.hangup();
    await it.says('ended local final');
    await it.release();
    await it.dial(ORDINARY);
    await it.says('answered signalling');
    await it.closeSession();
    await it.phonesQuiet();
    expect(await it.page.resources()).toMatchObject({ ...NOTHING_LEFT, sockets: 0 });
    expect(it.gateway.logins).toHaveLength(1);
    expect(it.page.pageErrors).toEqual([]);
  });
});
