const DIGITS = '0123456789*#ABCD';

/** Reads digits out of RTP telephone-events (RFC 4733). */
export interface DigitReceiver {
  /** Takes one packet. */
  receive(timestamp: number, payload: Buffer): void;
}

/** Calls back once for each digit: at its end, or at the latest when the next one begins. */
export function createDigitReceiver(onDigit: (digit: string) => void): DigitReceiver {
  let open: { timestamp: number; digit: string } | undefined;
  let lastEnded: number | undefined;
  const finish = (): void => {
    if (open === undefined) return;
    const { digit, timestamp } = open;
    open = undefined;
    lastEnded = timestamp;
    onDigit(digit);
  };
  return {
    receive(timestamp, payload) {
      const digit = DIGITS[payload[0] ?? 255];
      // The end is sent three times: what belongs to a finished event is a repetition.
      if (digit === undefined || timestamp === lastEnded) return;
      if (open !== undefined && open.timestamp !== timestamp) finish();
      open ??= { timestamp, digit };
      if (((payload[1] ?? 0) & 0x80) !== 0) finish();
    },
  };
}
