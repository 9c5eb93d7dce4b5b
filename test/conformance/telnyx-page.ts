/** Runs in the page: the conformance suite over Telnyx's unmodified SDK. The test moves the far side. */
import { telnyx } from 'everdial/providers/telnyx';
import { type HarnessEnd, type ProviderHarness, providerSuite } from 'everdial/testing';

/** What the test does for the page: moves the lab, and answers with the INVITEs that arrived so far. */
export type TelnyxStage = (
  act:
    | 'reset'
    | 'accept'
    | 'refuse'
    | 'refuse-token'
    | 'ignore'
    | 'ring'
    | 'answer'
    | 'drop'
    | 'look'
    | HarnessEnd,
) => Promise<number>;

/** What the test reaches in the page. */
export interface TelnyxConformance {
  /** Runs a case; gives why it failed. */
  run(host: string, name: string): Promise<string | undefined>;
}

declare global {
  /** Put there by the test. */
  var telnyxStage: TelnyxStage;
  /** Put there by this page. */
  var telnyxConformance: TelnyxConformance;
}

const LOOK_MS = 20;

function harness(host: string): ProviderHarness {
  return {
    async create() {
      let sentCalls = 0;
      const originals: MediaStreamTrack[] = [];
      const act = async (what: Parameters<TelnyxStage>[0]) => {
        sentCalls = await globalThis.telnyxStage(what);
      };
      await act('reset');
      const looking = setInterval(() => void act('look'), LOOK_MS);
      return {
        provider: telnyx({ sdkOptions: { host, iceServers: [] } }),
        connection: act,
        acknowledge: async () => undefined,
        ring: () => act('ring'),
        answer: () => act('answer'),
        end: act,
        dropSignalling: () => act('drop'),
        async stream() {
          const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
          originals.push(...stream.getTracks());
          return stream;
        },
        get sentCalls() {
          return sentCalls;
        },
        get openResources() {
          const { sockets, peerConnections, liveTracks } = globalThis.everdialLab.resources();
          const ours = originals.filter(({ readyState }) => readyState === 'live').length;
          return sockets + peerConnections + liveTracks - ours;
        },
        dispose: async () => clearInterval(looking),
      };
    },
  };
}

globalThis.telnyxConformance = {
  async run(host, name) {
    try {
      const found = providerSuite(harness(host)).find((candidate) => candidate.name === name);
      if (!found) throw new Error('There is no such case');
      await found.run();
      return undefined;
    } catch (error) {
      return String(error);
    }
  },
};
