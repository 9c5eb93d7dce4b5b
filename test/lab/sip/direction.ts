/** Which way an SDP lets sound pass, seen from its writer. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

const LINE = /^a=(sendrecv|sendonly|recvonly|inactive)(?=\r?$)/m;

/** The answer to each (RFC 3264 6.1). */
export const ANSWERS: Readonly<Record<Direction, Direction>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

/** The direction of an SDP. */
export function directionOf(sdp: string): Direction {
  return (LINE.exec(sdp)?.[1] as Direction | undefined) ?? 'sendrecv';
}

/** The same SDP with another direction. */
export function withDirection(sdp: string, direction: Direction): string {
  return sdp.replace(LINE, `a=${direction}`);
}
