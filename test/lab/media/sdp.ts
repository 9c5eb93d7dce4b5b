/** Which host candidates are offered: those of 127.0.0.1 alone, or all of this machine. */
export type CandidateScope = 'loopback' | 'all';

/** What a payload type carries. */
export type PayloadKind = 'opus' | 'pcmu' | 'telephone-event';

/** The codecs of an audio description. */
export interface AudioPayloads {
  /** Codec of the first payload type that carries sound: what both sides then send. */
  readonly first: 'opus' | 'pcmu';
  /** Meaning of each payload type. */
  readonly kinds: ReadonlyMap<number, PayloadKind>;
}

/** Whether a candidate may be used. The text is a `candidate:` attribute, with or without `a=`. */
export function candidateAllowed(candidate: string, scope: CandidateScope): boolean {
  return scope === 'all' || candidate.split(' ')[4] === '127.0.0.1';
}

/** The description without the candidates that may not be used. */
export function filterCandidates(sdp: string, scope: CandidateScope): string {
  return sdp
    .split('\r\n')
    .filter((line) => !line.startsWith('a=candidate:') || candidateAllowed(line, scope))
    .join('\r\n');
}

/** Reads the payload types of the first audio section. */
export function readPayloads(sdp: string): AudioPayloads {
  const kinds = new Map<number, PayloadKind>();
  for (const match of sdp.matchAll(/^a=rtpmap:(\d+) ([^/\s]+)/gm)) {
    const kind = match[2]?.toLowerCase();
    if (kind === 'opus' || kind === 'pcmu' || kind === 'telephone-event') {
      kinds.set(Number(match[1]), kind);
    }
  }
  const types = /^m=audio \d+ \S+ ([\d ]+)/m.exec(sdp)?.[1]?.trim().split(' ').map(Number) ?? [];
  for (const type of types) {
    const kind = kinds.get(type) ?? (type === 0 ? 'pcmu' : undefined);
    if (kind === 'opus' || kind === 'pcmu') return { first: kind, kinds: kinds.set(0, 'pcmu') };
  }
  throw new Error('The description has neither Opus nor PCMU');
}
