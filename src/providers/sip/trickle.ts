import type { SipMessage } from './vendor.js';

/** The content type of candidates on their way (RFC 8840 9). */
export const FRAGMENT_TYPE = 'application/trickle-ice-sdpfrag';

/** Headers of an INFO that carries candidates (RFC 8840 4.4). */
export const FRAGMENT_HEADERS: readonly string[] = [
  `Content-Type: ${FRAGMENT_TYPE}`,
  'Info-Package: trickle-ice',
  'Content-Disposition: Info-Package',
];

const line = (sdp: string, name: string): string =>
  new RegExp(`^a=${name}:.*$`, 'm').exec(sdp)?.[0] ?? '';

/** Candidates as an SDP fragment; `null` among them is the end of all. */
function fragmentOf(sdp: string, candidates: readonly (RTCIceCandidate | null)[]): string {
  const lines = candidates.map((found) =>
    found?.candidate ? `a=${found.candidate}` : 'a=end-of-candidates',
  );
  return [
    line(sdp, 'ice-ufrag'),
    line(sdp, 'ice-pwd'),
    /^m=audio.*$/m.exec(sdp)?.[0] ?? '',
    line(sdp, 'mid'),
    ...lines,
    '',
  ]
    .map((text) => text.trim())
    .join('\r\n');
}

/** Candidates that were found after the offer left, sent where the far side takes them. */
export class LateCandidates {
  readonly #sendFragment: (fragment: string) => boolean;
  #candidates: (RTCIceCandidate | null)[] = [];
  #connection: RTCPeerConnection | undefined;
  #isWanted = false;

  /** @param sendFragment - Sends it; false when that must wait. */
  constructor(sendFragment: (fragment: string) => boolean) {
    this.#sendFragment = sendFragment;
  }

  /** Reads from an answer whether the far side takes them. */
  learn(response: SipMessage | null): void {
    this.#isWanted ||= response?.getHeader('supported')?.includes('trickle-ice') === true;
  }

  /** Another one, or `null` at their end. */
  add(candidate: RTCIceCandidate | null, connection: RTCPeerConnection | undefined): void {
    this.#connection = connection;
    this.#candidates.push(candidate);
    this.send();
  }

  /** Sends what is there. */
  send(): void {
    const sdp = this.#connection?.localDescription?.sdp;
    if (!this.#isWanted || !sdp || this.#candidates.length === 0) return;
    if (this.#sendFragment(fragmentOf(sdp, this.#candidates))) this.#candidates = [];
  }
}

/** The candidates of a fragment that came in. */
export function candidatesOf(fragment: string): readonly RTCIceCandidateInit[] {
  return [...fragment.matchAll(/^a=(candidate:.*)$/gm)].map(([, candidate = '']) => ({
    candidate: candidate.trim(),
    sdpMLineIndex: 0,
  }));
}
