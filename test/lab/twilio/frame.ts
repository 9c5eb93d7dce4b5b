/** One text frame of Twilio's signalling: JSON with a type and a payload. */
export interface Frame {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Reads a frame; `undefined` for anything that is none. */
export function parseFrame(text: string): Frame | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || typeof value['type'] !== 'string') return undefined;
  const payload = value['payload'];
  return { type: value['type'], payload: isRecord(payload) ? payload : {} };
}

/** A text field of a payload; empty when it is missing or no text. */
export function textField(payload: Readonly<Record<string, unknown>>, name: string): string {
  const value = payload[name];
  return typeof value === 'string' ? value : '';
}

/** A nested object of a payload; empty when it is missing. */
export function recordField(
  payload: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> {
  const value = payload[name];
  return isRecord(value) ? value : {};
}

/** What an `invite` asks for. */
export interface InviteRequest {
  /** Parameter `To`, in any letter case. */
  readonly to: string;
  /** Parameter `From` or `CallerId`. */
  readonly from: string | undefined;
  /** The other parameters, lower-case names without a leading `x-`. */
  readonly params: Readonly<Record<string, string>>;
}

/** Reads the URL-encoded `twilio.params` of an `invite`. */
export function readInvite(payload: Readonly<Record<string, unknown>>): InviteRequest {
  const params: Record<string, string> = {};
  let to = '';
  let from: string | undefined;
  const encoded = textField(recordField(payload, 'twilio'), 'params');
  for (const pair of encoded.split('&')) {
    if (pair === '') continue;
    const cut = pair.indexOf('=');
    // The SDK writes each part with encodeURIComponent, so a plus sign is a plus sign.
    const name = decodePart(cut < 0 ? pair : pair.slice(0, cut)).toLowerCase();
    const value = cut < 0 ? '' : decodePart(pair.slice(cut + 1));
    if (name === 'to') to = value;
    else if (name === 'from' || name === 'callerid') from = value === '' ? undefined : value;
    else params[name.replace(/^x-/, '')] = value;
  }
  return { to, from, params };
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
