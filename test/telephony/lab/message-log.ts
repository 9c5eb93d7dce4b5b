/** A SIP message in sipp's log. */
export interface LoggedMessage {
  /** Milliseconds of `Date.now()`. */
  readonly at: number;
  readonly direction: 'received' | 'sent';
  /** Method of a request, or code of a response. */
  readonly what: string;
  /** Method that a response answers; of a request its own. */
  readonly method: string;
  /** SIP Call-ID. */
  readonly callId: string;
  /** For a request: the number that it is addressed to. */
  readonly to: string;
}

const HEAD = /^-{20,} (\d{4}-\d\d-\d\d)\s(\d\d:\d\d:\d\d\.\d+).*$/m;

/** Reads `-trace_msg`'s file. A message that was sent again is told once. */
export function readMessageLog(log: string): readonly LoggedMessage[] {
  const parts = log.split(HEAD);
  const seen = new Set<string>();
  const messages: LoggedMessage[] = [];
  // Split by a pattern with two groups: text, date, time, text, date, time …
  for (let index = 1; index + 2 < parts.length; index += 3) {
    const [date = '', time = '', text = ''] = parts.slice(index, index + 3);
    const message = readMessage(text, new Date(`${date}T${time}`).getTime());
    if (message === undefined) continue;
    const { direction, what, callId } = message;
    const key = [direction, what, callId, header(text, 'CSeq')].join('\n');
    if (!seen.has(key)) messages.push(message);
    seen.add(key);
  }
  return messages;
}

function readMessage(text: string, at: number): LoggedMessage | undefined {
  const direction = /message (received|sent)/.exec(text)?.[1];
  const [, request, user, response] =
    /^(?:([A-Z]+) sip:(?:([^@\s]*)@)?\S+ SIP\/2\.0|SIP\/2\.0 (\d{3}) .*)\r?$/m.exec(text) ?? [];
  const what = request ?? response;
  if ((direction !== 'received' && direction !== 'sent') || what === undefined) return undefined;
  const method = header(text, 'CSeq').split(' ')[1] ?? '';
  return { at, direction, what, method, callId: header(text, 'Call-ID'), to: user ?? '' };
}

const header = (text: string, name: string): string =>
  new RegExp(`^${name}: *(.*?)\\r?$`, 'im').exec(text)?.[1] ?? '';
