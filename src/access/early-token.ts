import type { GetToken, TokenAnswer, TokenRequest } from './hooks.js';

/** An application's {@link GetToken} that can be asked before the code is there that needs the token. */
export interface EarlyToken {
  /** Asks now, in this very turn. A failure is told to whoever needs the token. */
  ask(request: TokenRequest): void;
  /** Gives what was asked for, once and to the same request; asks otherwise. */
  readonly getToken: GetToken;
}

/** Makes an {@link EarlyToken}. */
export function createEarlyToken(getToken: GetToken): EarlyToken {
  let early: { readonly key: string; readonly answer: Promise<TokenAnswer> } | undefined;
  let stop = new AbortController();
  return {
    ask(request) {
      stop = new AbortController();
      const { signal } = stop;
      request.signal.addEventListener('abort', () => stop.abort(), { signal });
      const answer = new Promise<TokenAnswer>((resolve) =>
        resolve(getToken({ ...request, signal })),
      );
      answer.catch(() => undefined);
      early = { key: keyOf(request), answer };
    },
    getToken(request) {
      const asked = early;
      early = undefined;
      if (asked?.key !== keyOf(request)) return getToken(request);
      request.signal.addEventListener('abort', () => stop.abort(), { signal: stop.signal });
      return asked.answer;
    },
  };
}

const keyOf = ({ signal: _, ...wanted }: TokenRequest): string => JSON.stringify(wanted);
