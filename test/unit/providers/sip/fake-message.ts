import type { SipMessage } from '../../../../src/providers/sip/vendor.js';

/** A response, or a request where the status is left out, with these headers. */
export function message(
  status: number | undefined,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): SipMessage {
  const all = new Map(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat()]),
  );
  return {
    call_id: 'a-call',
    ...(status !== undefined && { status_code: status }),
    headers: {},
    from: { uri: {} },
    to: { uri: {} },
    getHeader: (name) => all.get(name.toLowerCase())?.[0],
    getHeaders: (name) => all.get(name.toLowerCase()) ?? [],
  };
}
