import { vi } from 'vitest';

/** What ICE finds: candidates, servers that do not answer, and whether it comes to an end. */
export interface FakeWays {
  readonly candidates?: readonly {
    readonly type: 'host' | 'srflx' | 'relay';
    readonly relayProtocol?: string;
  }[];
  readonly unanswered?: boolean;
  readonly ends?: boolean;
}

/** The peer connections of a {@link useFakeIce}. */
export interface FakeIce {
  /** What the next ones find. */
  ways: FakeWays;
  /** What they were made with, in order. */
  readonly configs: RTCConfiguration[];
  /** How many are not closed. */
  open: number;
}

/** Puts peer connections into the page that find what a test says and through which nothing passes. */
export function useFakeIce(): FakeIce {
  const ice: FakeIce = { ways: { candidates: [{ type: 'host' }] }, configs: [], open: 0 };
  class FakePeerConnection {
    onicecandidate: ((event: object) => void) | undefined;
    onicecandidateerror: (() => void) | undefined;
    constructor(config: RTCConfiguration) {
      ice.configs.push(config);
      ice.open += 1;
    }
    createDataChannel = () => ({});
    createOffer = async () => ({});
    createAnswer = async () => ({});
    setRemoteDescription = async () => undefined;
    addIceCandidate = async () => undefined;
    getStats = async () => new Map((ice.ways.candidates ?? []).entries());
    async setLocalDescription(): Promise<void> {
      const { candidates = [], unanswered, ends = true } = ice.ways;
      queueMicrotask(() => {
        for (const each of candidates) {
          this.onicecandidate?.({ candidate: { candidate: 'candidate:1', ...each } });
        }
        if (unanswered) this.onicecandidateerror?.();
        if (ends) this.onicecandidate?.({ candidate: null });
      });
    }
    close(): void {
      ice.open -= 1;
    }
  }
  vi.stubGlobal('RTCPeerConnection', FakePeerConnection);
  return ice;
}

/** Makes the page of the test one in which calls are possible, or not. */
export function allowCalls(allowed = true): void {
  vi.stubGlobal('isSecureContext', allowed);
  const mediaDevices = { getUserMedia: () => undefined };
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: mediaDevices });
}
