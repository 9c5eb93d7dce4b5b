/** The value of `From`, `To`, `Contact` and the like (RFC 3261 20.10). */
export interface Address {
  /** The URI without what stands around it. */
  readonly uri: string;
  /** Its user part, decoded; empty when it has none. */
  readonly user: string;
  /** Parameters behind the URI, lower-case names; quotes are kept. */
  readonly params: ReadonlyMap<string, string>;
}

/** Reads such a value, with `<>` or without. */
export function readAddress(value: string): Address {
  const unnamed = value.replace(/^\s*"(?:[^"\\]|\\.)*"/, '');
  const [, inside, behind] = /<([^>]*)>(.*)$/.exec(unnamed) ?? [];
  const uri = inside ?? unnamed.split(';')[0]?.trim() ?? '';
  const rest = behind ?? unnamed.slice(unnamed.indexOf(uri) + uri.length);
  const params = new Map<string, string>();
  for (const part of rest.split(';').slice(1)) {
    const [name = '', ...words] = part.split('=');
    params.set(name.trim().toLowerCase(), words.join('=').trim());
  }
  return { uri, user: userOf(uri), params };
}

/** The user part of a `sip:` or `tel:` URI, decoded; empty when there is none. */
export function userOf(uri: string): string {
  const raw = /^sips?:([^@:;]*)[^@]*@/i.exec(uri)?.[1] ?? /^tel:([^;]*)/i.exec(uri)?.[1] ?? '';
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

/** The tag of a `From` or `To`; empty when there is none. */
export function tagOf(value: string): string {
  return readAddress(value).params.get('tag') ?? '';
}
