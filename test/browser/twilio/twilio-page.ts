/** Runs in the page: the Twilio adapter over the vendor's unmodified SDK, with everything that it reports written down. */
import type { Leg, LegEvent, ProviderSession, SessionEvent } from 'everdial/providers';
import { twilio } from 'everdial/providers/twilio';
import { systemClock } from '../../../src/core/clock.js';
import { isDialerError } from '../../../src/errors/dialer-error.js';
import type { DialChoices, OpenChoices, SaidEvent, TwilioPage } from './twilio-page-types.js';

const AUDIO = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
const ignore = () => undefined;

let abort = new AbortController();
let session: ProviderSession | undefined;
let leg: Leg | undefined;
const originals: MediaStreamTrack[] = [];
let copies: MediaStream | undefined;
const said: SaidEvent[] = [];
const warnings: string[] = [];
const streams: MediaStream[] = [];
const holds: { held: boolean; callId: string; providerCallId: string }[] = [];

function note({ type, ...more }: LegEvent | SessionEvent): void {
  const { stream, connection, error, attach, ...plain } = more as Record<string, unknown>;
  if (stream instanceof MediaStream) streams.push(stream);
  said.push({
    type,
    ...plain,
    ...(isDialerError(error) && { error: error.code, providerCode: error.codes.providerCode }),
  });
}

const codeOf = (error: unknown): string => (isDialerError(error) ? error.code : String(error));

const page: TwilioPage = {
  said,
  warnings,
  holds,
  async open({ host, token = 'good', serverHold = false, sdkOptions, ...more }: OpenChoices) {
    abort = new AbortController();
    const provider = twilio({
      sdkOptions: { ...(host && { chunderw: host }), ...sdkOptions },
      ...(serverHold && {
        serverHold: async ({ held, callId, providerCallId }) => {
          holds.push({ held, callId, providerCallId });
        },
      }),
    });
    try {
      session = await provider.open({
        signal: abort.signal,
        logger: { debug: ignore, info: ignore, warn: (text) => warnings.push(text), error: ignore },
        clock: systemClock,
        getToken: async () => ({ token }),
        report: note,
        iceServers: [],
        relayOnly: false,
        codecs: ['opus', 'pcmu'],
        maxBitrateKbps: 32,
        vendorTelemetry: false,
        ...more,
      });
      return 'open';
    } catch (error) {
      return codeOf(error);
    }
  },
  abort: () => abort.abort(),
  async dial({ to = '+12025550107', listenOnly = false, muted = false }: DialChoices = {}) {
    if (!listenOnly) await page.prepareMicrophone(muted);
    page.dialNow(to, listenOnly);
  },
  async prepareMicrophone(muted = false) {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: AUDIO });
    originals.push(...stream.getTracks());
    copies = stream.clone();
    page.setMuted(muted);
  },
  setMuted(muted) {
    for (const track of copies?.getTracks() ?? []) track.enabled = !muted;
  },
  dialNow(to, listenOnly = false) {
    leg = session?.dial(
      {
        callId: 'call-1',
        attempt: 1,
        to,
        from: '+12025550001',
        params: { 'everdial-call-id': 'call-1', colour: 'green & blue' },
        stream: listenOnly ? undefined : copies,
        iceServers: [],
      },
      note,
    );
  },
  hangup: () => leg?.hangup(),
  release: () => leg?.release(),
  async close() {
    leg?.release();
    await session?.close();
  },
  stopMicrophone() {
    for (const track of originals) track.stop();
  },
  sendDigit: async (digit, toneMs) => {
    try {
      await leg?.sendDigit?.(digit, toneMs);
      return 'sent';
    } catch (error) {
      return codeOf(error);
    }
  },
  async setHeld(held) {
    await leg?.setHeld?.(held);
  },
  async replaceTrack(tone) {
    if (tone === undefined) return leg?.replaceTrack(null);
    globalThis.everdialLab.setMicrophone({ tone });
    const next = await navigator.mediaDevices.getUserMedia({ audio: AUDIO });
    originals.push(...next.getTracks());
    await leg?.replaceTrack(next.getAudioTracks()[0] ?? null);
  },
  async updateToken(token) {
    try {
      await session?.updateToken?.({ token });
      return 'updated';
    } catch (error) {
      return codeOf(error);
    }
  },
  copiesAreLive: () => copies?.getTracks().some((track) => track.readyState === 'live') ?? false,
  originalIsLive: () => originals.at(-1)?.readyState === 'live',
  copiesAreEnabled: () => copies?.getTracks().every((track) => track.enabled) ?? false,
  async heardHz() {
    const stream = streams.at(-1);
    return stream ? (await globalThis.everdialLab.measureTone(stream)).frequency : 0;
  },
  async stats() {
    const found = { packetsSent: 0, codec: '' };
    const report = await globalThis.everdialLab.peerConnections().at(-1)?.getStats();
    for (const entry of report?.values() ?? []) {
      if (entry.type !== 'outbound-rtp') continue;
      found.packetsSent += entry.packetsSent;
      found.codec = report?.get(entry.codecId)?.mimeType ?? '';
    }
    return found;
  },
  nativeStatus: () => (leg?.native as { status(): string } | undefined)?.status() ?? 'none',
};

globalThis.twilioPage = page;
