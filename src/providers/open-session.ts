import type { TokenGrant } from '../access/hooks.js';
import { bounded } from '../core/wait.js';
import type { ProviderContext, ProviderSession } from './provider.js';

/** A session that is made first and opened then. */
export interface OpenableSession extends ProviderSession {
  /** Connects and logs in. */
  open(): Promise<void>;
}

/**
 * Fetches code and token side by side, makes a session and opens it. When that fails, or the signal aborts, the session is
 * closed again.
 */
export function openSession<Code>(
  { clock, signal, ...rest }: ProviderContext,
  load: () => Promise<Code>,
  make: (code: Code, grant: TokenGrant, context: ProviderContext) => OpenableSession,
): Promise<ProviderSession> {
  return bounded({ clock, signal }, async (inner) => {
    const context = { ...rest, clock, signal: inner };
    const [code, grant] = await Promise.all([load(), context.getToken()]);
    inner.throwIfAborted();
    const session = make(code, grant, context);
    const close = () => void session.close();
    inner.addEventListener('abort', close, { once: true });
    try {
      await session.open();
    } catch (error) {
      await session.close();
      throw error;
    } finally {
      inner.removeEventListener('abort', close);
    }
    return session;
  });
}
