/** The shortest pause that WebRTC knows; the real one between digits is the Dialer's. */
const GAP_MS = 30;

/**
 * Sends a digit as RTP telephone-event (RFC 4733), as soon as sound can be sent, and resolves when the tone is over, or
 * when the call is.
 * @returns false where the far side did not negotiate telephone-events.
 */
export async function insertDigit(
  digit: string,
  toneMs: number,
  connection: RTCPeerConnection,
  over: AbortSignal,
): Promise<boolean> {
  await until(connection, 'connectionstatechange', over, () => isUp(connection));
  const dtmf = connection.getSenders().find((sender) => sender.dtmf)?.dtmf;
  if (over.aborted || !dtmf?.canInsertDTMF) return over.aborted;
  dtmf.insertDTMF(digit, toneMs, GAP_MS);
  await until(
    dtmf,
    'tonechange',
    over,
    (event) => event !== undefined && 'tone' in event && event.tone === '',
  );
  return true;
}

const isUp = ({ connectionState }: RTCPeerConnection): boolean => connectionState === 'connected';

/** Waits until it holds, now or after an event, or until the call is over. */
function until(
  target: EventTarget,
  type: string,
  over: AbortSignal,
  holds: (event?: Event) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const stop = new AbortController();
    const finish = () => {
      stop.abort();
      resolve();
    };
    if (over.aborted || holds()) return finish();
    over.addEventListener('abort', finish, { signal: stop.signal });
    target.addEventListener(type, (event) => holds(event) && finish(), { signal: stop.signal });
  });
}
