import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from '../browser/launch-browser.js';
import { type LabPage, openPage } from '../browser/open-page.js';
import { startWebServer, type WebServer } from '../net/web-server.js';
import type { MediaPeer } from '../types.js';
import { createMediaPeerFactory } from './media-peer.js';

declare global {
  var call: { pc: RTCPeerConnection; restartIce(): Promise<string> };
}

let browser: Browser;
let web: WebServer;
let page: LabPage;
let peer: MediaPeer;

beforeAll(async () => {
  [browser, web] = await Promise.all([launchBrowser(), startWebServer([])]);
});

afterEach(async () => {
  await peer.close();
  await page.close();
});

afterAll(async () => {
  await Promise.all([browser.close(), web.close()]);
});

/** Makes the page's offer with one sound codec first; the candidates are inside. */
async function offer(codec: 'opus' | 'PCMU', microphone: number): Promise<string> {
  page = await openPage(browser, {
    url: `${web.origin}/blank`,
    microphone: { tone: microphone },
  });
  return page.page.evaluate(async (first) => {
    const pc = new RTCPeerConnection();
    const gathered = async (): Promise<string> => {
      await pc.setLocalDescription();
      while (pc.iceGatheringState !== 'complete') {
        await new Promise((resolve) =>
          pc.addEventListener('icegatheringstatechange', resolve, { once: true }),
        );
      }
      return pc.localDescription?.sdp ?? '';
    };
    globalThis.call = {
      pc,
      restartIce: () => {
        pc.restartIce();
        return gathered();
      },
    };
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const track = stream.getAudioTracks()[0];
    if (track === undefined) throw new Error('No track');
    const transceiver = pc.addTransceiver(track, { streams: [stream] });
    const codecs = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
    const wanted = codecs.filter(
      (one) => one.mimeType.toLowerCase() === `audio/${first.toLowerCase()}`,
    );
    transceiver.setCodecPreferences([...wanted, ...codecs.filter((one) => !wanted.includes(one))]);
    return gathered();
  }, codec);
}

async function accept(answer: string): Promise<void> {
  await page.page.evaluate(
    (sdp) => globalThis.call.pc.setRemoteDescription({ type: 'answer', sdp }),
    answer,
  );
}

describe.each(['opus', 'PCMU'] as const)('media peer over %s', (codec) => {
  it('carries tones both ways and digits', async () => {
    const heardDigits: string[] = [];
    peer = createMediaPeerFactory()();
    peer.onDigit = (digit) => heardDigits.push(digit);
    const answer = await peer.answer(await offer(codec, 700));
    expect(answer).toContain('127.0.0.1');
    peer.play({ tone: 1400 });
    await accept(answer);
    await vi.waitFor(() => expect(peer.packetsReceived).toBeGreaterThan(50), 5000);
    expect(peer.connected).toBe(true);

    const heard = peer.heard();
    expect(Math.abs(heard.frequency - 700)).toBeLessThan(10);
    expect(heard.level).toBeGreaterThan(0.1);
    const tone = await page.remoteTone();
    expect(Math.abs(tone.frequency - 1400)).toBeLessThan(10);
    expect(tone.decibels).toBeGreaterThan(-40);

    const used = await page.page.evaluate(async () => {
      const stats = [...(await globalThis.call.pc.getStats()).values()];
      const inbound = stats.find((one) => one.type === 'inbound-rtp');
      return stats.find((one) => one.id === inbound?.codecId)?.mimeType;
    });
    expect(used).toBe(`audio/${codec}`);

    await page.page.evaluate(() =>
      globalThis.call.pc.getSenders()[0]?.dtmf?.insertDTMF('15#', 100, 70),
    );
    await vi.waitFor(() => expect(heardDigits).toEqual(['1', '5', '#']), 5000);
  });

  it('echoes, and blocks each direction', async () => {
    peer = createMediaPeerFactory()();
    const answer = await peer.answer(await offer(codec, 900));
    peer.play('echo');
    await accept(answer);
    await vi.waitFor(
      async () => expect(Math.abs((await page.remoteTone()).frequency - 900)).toBeLessThan(10),
      8000,
    );
    peer.block('from-browser');
    const before = peer.packetsReceived;
    await vi.waitFor(() => expect(peer.heard(300).packets).toBe(0), 3000);
    expect(peer.packetsReceived).toBe(before);
    await vi.waitFor(async () => expect((await page.remoteTone()).frequency).toBe(0), 5000);
  });
});

describe('media peer', () => {
  it('survives an ICE restart', async () => {
    peer = createMediaPeerFactory()();
    await accept(await peer.answer(await offer('opus', 600)));
    await vi.waitFor(() => expect(peer.connected).toBe(true), 5000);
    const again = await page.page.evaluate(() => globalThis.call.restartIce());
    await accept(await peer.answer(again));
    const before = peer.packetsReceived;
    await vi.waitFor(() => expect(peer.packetsReceived).toBeGreaterThan(before + 30), 5000);
    expect(Math.abs(peer.heard().frequency - 600)).toBeLessThan(10);
  });

  it('frees its sockets and timers when it is closed', async () => {
    const sockets = (): number =>
      process.getActiveResourcesInfo().filter((name) => name === 'UDPWrap').length;
    peer = createMediaPeerFactory()();
    await accept(await peer.answer(await offer('opus', 600)));
    peer.play({ tone: 1000 });
    await vi.waitFor(() => expect(peer.connected).toBe(true), 5000);
    expect(sockets()).toBeGreaterThan(0);
    await peer.close();
    await peer.close();
    expect(peer.connected).toBe(false);
    await vi.waitFor(() => expect(sockets()).toBe(0), 3000);
  });

  it('makes an offer of its own and goes on recording', async () => {
    peer = createMediaPeerFactory()();
    await accept(await peer.answer(await offer('opus', 600)));
    peer.play({ tone: 1000 });
    await vi.waitFor(() => expect(peer.packetsReceived).toBeGreaterThan(20), 5000);
    const before = peer.packetsReceived;
    const answer = await page.page.evaluate(
      async (sdp) => {
        globalThis.call.pc.close();
        const pc = new RTCPeerConnection();
        globalThis.call = { ...globalThis.call, pc };
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        for (const track of stream.getTracks()) pc.addTrack(track, stream);
        await pc.setRemoteDescription({ type: 'offer', sdp });
        await pc.setLocalDescription();
        while (pc.iceGatheringState !== 'complete') {
          await new Promise((resolve) =>
            pc.addEventListener('icegatheringstatechange', resolve, { once: true }),
          );
        }
        return pc.localDescription?.sdp ?? '';
      },
      await peer.offer(),
    );
    await peer.accept(answer);
    await vi.waitFor(() => expect(peer.packetsReceived).toBeGreaterThan(before + 30), 5000);
    const tone = await page.remoteTone();
    expect(Math.abs(tone.frequency - 1000)).toBeLessThan(10);
    expect(peer.recording().length).toBeGreaterThan(8000 * 0.6);
  });
});
