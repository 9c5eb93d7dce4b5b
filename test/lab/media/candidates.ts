/** What an answer says about where the media is. */
export type CandidateMode = 'real' | 'none' | 'unreachable';

/** A high port on which nobody listens: Chromium discards candidates on low ports without a word. */
const DEAD_PORT = 59_999;

/** Rewrites the ICE candidates of an SDP. */
export function withCandidates(sdp: string, mode: CandidateMode): string {
  if (mode === 'real') return sdp;
  const lines = sdp.split('\r\n');
  if (mode === 'none') return lines.filter((line) => !line.startsWith('a=candidate:')).join('\r\n');
  return lines
    .map((line) =>
      line.startsWith('a=candidate:')
        ? line.replace(/^((?:\S+ ){5})\d+ /, `$1${DEAD_PORT} `)
        : line,
    )
    .join('\r\n');
}
