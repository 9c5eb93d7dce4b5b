import { DialerError } from '../../errors/dialer-error.js';
import type { VendorCall } from './vendor.js';

/** What carries the digits of one call. */
export interface DigitLine {
  readonly call: Pick<VendorCall, 'sendDigits'>;
  readonly connection: RTCPeerConnection;
  /** Aborts when the call is over. */
  readonly over: AbortSignal;
}

/** The shortest pause that WebRTC knows; the real one between digits is the Dialer's. */
const GAP_MS = 30;

/**
 * Sends a digit as RTP telephone-event, as soon as sound can be sent, and resolves when the tone is over. Where the far
 * side did not negotiate telephone-events, the SDK sends it by signalling, with a length of its own and without A to D.
 */
export async function sendDigit(
  digit: string,
  toneMs: number,
  { call, connection, over }: DigitLine,
): Promise<void> {
  await until(connection, 'connectionstatechange', over, () => isUp(connection));
  if (over.aborted) return;
  const dtmf = connection.getSenders().find((sender) => sender.dtmf)?.dtmf;
  if (dtmf?.canInsertDTMF) {
    dtmf.insertDTMF(digit, toneMs, GAP_MS);
    await until(
      dtmf,
      'tonechange',
      over,
      (event) => event !== undefined && 'tone' in event && event.tone === '',
    );
    return;
  }
  if (/[A-D]/i.test(digit))
    throw new DialerError('call/not-supported', { detail: 'digits A to D' });
  call.sendDigits(digit);
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
