import { Dialer, DialerError, type GetToken, type Provider } from '../../index.js';
import { knownProviderNames, providerOfName } from '../provider-names.js';
import type { Settings } from './settings.js';

/**
 * How long a call waits for a microphone that was refused or is missing: the person reads how to allow it, does so, and the
 * call goes on.
 */
const RECOVER_MS = 60_000;

/** A Dialer and how many elements use it. */
interface Shared {
  readonly dialer: Dialer;
  users: number;
}

const dialers = new Map<string, Shared>();

/** A Dialer for as long as an element wants it. */
export interface BorrowedDialer {
  /** The Dialer. */
  readonly dialer: Dialer;
  /** Gives it back; the last one closes it. */
  release(): void;
}

/** What the Dialer of an element depends on: the same key, the same Dialer. */
export const dialerKey = ({ providers, tokenUrl, site }: Settings): string =>
  JSON.stringify([providers, tokenUrl, site]);

/**
 * The Dialer that the attributes describe. Elements that ask for the same one share it, and with it its connections.
 * @throws DialerError `config/invalid-option` for a provider that nobody knows, `config/no-access-server` without `token-url`
 */
export function borrowDialer(settings: Settings): BorrowedDialer {
  const key = dialerKey(settings);
  const shared = dialers.get(key) ?? { dialer: makeDialer(settings), users: 0 };
  dialers.set(key, shared);
  shared.users += 1;
  let borrowed = true;
  return {
    dialer: shared.dialer,
    release: () => {
      if (!borrowed) return;
      borrowed = false;
      shared.users -= 1;
      if (shared.users > 0) return;
      dialers.delete(key);
      void shared.dialer.close();
    },
  };
}

function makeDialer({ providers: names, tokenUrl, site }: Settings): Dialer {
  const providers = names.map(providerNamed);
  if (providers.length === 0) {
    throw new DialerError('config/invalid-option', {
      detail: 'Name at least one provider in the attribute providers, or set the property dialer.',
    });
  }
  if (!tokenUrl && providers.some(({ token }) => token === 'required')) {
    throw new DialerError('config/no-access-server', {
      detail: 'Say in the attribute token-url where tokens come from.',
    });
  }
  return new Dialer({
    providers,
    getToken: tokensFrom(tokenUrl, site),
    audio: { recoverMs: RECOVER_MS, rememberDevices: true },
  });
}

function providerNamed(name: string): Provider {
  const provider = providerOfName(name);
  if (provider) return provider;
  throw new DialerError('config/invalid-option', {
    detail: `The attribute providers names "${name}"; known are: ${knownProviderNames().join(', ') || 'none'}.`,
  });
}

const tokensFrom =
  (tokenUrl: string, site: string): GetToken =>
  ({ provider, signal }) => {
    const url = new URL(tokenUrl, document.baseURI);
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${provider}`;
    if (site) url.searchParams.set('site', site);
    return fetch(url, { method: 'POST', signal });
  };
