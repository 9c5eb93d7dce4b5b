import type { Leg, LegEvent, ProviderContext, ProviderSession } from 'everdial/providers';
import { type SandboxAction, sandbox } from 'everdial/providers/sandbox';
import { providerSuite } from 'everdial/testing';
import { systemClock } from '../../../src/core/clock.js';
import { sandboxHarness } from '../../conformance/sandbox-harness.js';

/** What tests reach in the page. */
export interface SandboxPage {
  /** Sends a call that waits for {@link SandboxPage.act}; without a microphone if `listenOnly`. */
  dial(listenOnly?: boolean): Promise<void>;
  /** Moves the telephone. */
  act(action: SandboxAction): void;
  /** What the leg reported: types in order. */
  reported(): readonly string[];
  /** Packets that arrived at our end so far. */
  packetsReceived(): Promise<number>;
  /** Strongest frequency in the far side's sound as it arrives here, hertz. */
  heardHz(): Promise<number>;
  /** Holds or takes back. */
  setHeld(held: boolean): Promise<void>;
  /** Sends nothing, or a fresh microphone. */
  replaceTrack(what: 'nothing' | 'microphone'): Promise<void>;
  /** Lets the leg go and closes the session. */
  close(): Promise<void>;
  /** Names of the cases of the conformance suite. */
  readonly cases: readonly string[];
  /** Runs a case; gives why it failed. */
  run(name: string): Promise<string | undefined>;
}

declare global {
  /** Put there by this page. */
  var sandboxPage: SandboxPage;
}

const AUDIO = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
const microphone = () => navigator.mediaDevices.getUserMedia({ audio: AUDIO });
const ignore = () => undefined;

const provider = sandbox({ scenario: [] });
const context: ProviderContext = {
  signal: new AbortController().signal,
  logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  clock: systemClock,
  getToken: () => Promise.reject(new Error('the sandbox needs no token')),
  report: ignore,
  iceServers: [],
  relayOnly: false,
  codecs: [],
  maxBitrateKbps: 32,
  vendorTelemetry: false,
};
const suite = providerSuite(
  sandboxHarness({
    sound: 'loop-back',
    stream: microphone,
    openInPage: () => globalThis.everdialLab.resources().peerConnections,
  }),
  { settleMs: 60 },
);

let session: ProviderSession | undefined;
let leg: Leg | undefined;
let original: MediaStream | undefined;
const events: LegEvent[] = [];

function reported<Type extends LegEvent['type']>(type: Type): Extract<LegEvent, { type: Type }> {
  for (const event of events) {
    if (event.type === type) return event as Extract<LegEvent, { type: Type }>;
  }
  throw new Error(`${type} was not reported`);
}

globalThis.sandboxPage = {
  async dial(listenOnly = false) {
    session = await provider.open(context);
    original = listenOnly ? undefined : await microphone();
    const request = {
      callId: 'call-1',
      attempt: 1,
      to: '+12025550100',
      from: undefined,
      params: {},
      stream: original?.clone(),
      iceServers: [],
    };
    leg = session.dial(request, (event) => events.push(event));
  },
  act: (action) => provider.act(action),
  reported: () => events.map(({ type }) => type),
  async packetsReceived() {
    const report = await reported('peer-connection').connection.getStats();
    let packets = 0;
    for (const entry of report.values()) {
      if (entry.type === 'inbound-rtp') packets += entry.packetsReceived;
    }
    return packets;
  },
  async heardHz() {
    const { stream } = reported('remote-stream');
    return (await globalThis.everdialLab.measureTone(stream)).frequency;
  },
  async setHeld(held) {
    await leg?.setHeld?.(held);
  },
  async replaceTrack(what) {
    const track = what === 'nothing' ? null : (await microphone()).getAudioTracks()[0];
    await leg?.replaceTrack(track ?? null);
  },
  async close() {
    leg?.release();
    await session?.close();
    for (const track of original?.getTracks() ?? []) track.stop();
  },
  cases: suite.map(({ name }) => name),
  async run(name) {
    try {
      await suite.find((candidate) => candidate.name === name)?.run();
      return undefined;
    } catch (error) {
      return String(error);
    }
  },
};
