/** Runs in the page: the conformance suite over a vendor's unmodified SDK. The test moves the far side. */
import type { Provider } from 'everdial/providers';
import { sip } from 'everdial/providers/sip';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';
import { type HarnessEnd, type ProviderHarness, providerSuite } from 'everdial/testing';

/** Whose SDK. */
export type Vendor = 'telnyx' | 'twilio' | 'sip';

/** What the test does for the page: moves the lab, and answers with the INVITEs that arrived so far. */
export type VendorStage = (
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
export interface VendorConformance {
  /** Runs a case against a gateway of the lab; gives why it failed. */
  run(vendor: Vendor, host: string, name: string): Promise<string | undefined>;
}

declare global {
  /** Put there by the test. */
  var vendorStage: VendorStage;
  /** Put there by this page. */
  var vendorConformance: VendorConformance;
}

const LOOK_MS = 20;

const PROVIDERS: Record<Vendor, (host: string) => Provider> = {
  telnyx: (host) => telnyx({ sdkOptions: { host, iceServers: [] } }),
  twilio: (host) => twilio({ sdkOptions: { chunderw: host } }),
  sip: (host) => sip({ server: host, domain: 'lab.example' }),
};

function harness(vendor: Vendor, host: string): ProviderHarness {
  return {
    async create() {
      let sentCalls = 0;
      const originals: MediaStreamTrack[] = [];
      const act = async (what: Parameters<VendorStage>[0]) => {
        sentCalls = await globalThis.vendorStage(what);
      };
      await act('reset');
      const looking = setInterval(() => void act('look'), LOOK_MS);
      return {
        provider: PROVIDERS[vendor](host),
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
        // The digest password of this user at the lab's gateway.
        ...(vendor === 'sip' && {
          getToken: async () => ({ token: 'secret-visitor', username: 'visitor' }),
        }),
        dispose: async () => clearInterval(looking),
      };
    },
  };
}

globalThis.vendorConformance = {
  async run(vendor, host, name) {
    try {
      const found = providerSuite(harness(vendor, host)).find(
        (candidate) => candidate.name === name,
      );
      if (!found) throw new Error('There is no such case');
      await found.run();
      return undefined;
    } catch (error) {
      return String(error);
    }
  },
};
