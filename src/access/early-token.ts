import type { GetToken, TokenAnswer, TokenRequest } from './hooks.js';

/** An application's {@link GetToken} that can be asked before the code is there that needs the token. */
export interface EarlyToken {
  /** Asks now, in this very turn, unless an answer waits to be fetched. A failure is told to whoever waits for it. */
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
      // Pointer, press and click come within one fetch of our own code.
      if (early) return;
      stop = new AbortController();
      const { signal } = stop;
      request.signal.addEventListener('abort', () => stop.abort(), { signal });
      const answer = new Promise<TokenAnswer>((resolve) =>
        resolve(getToken({ ...request, signal })),
      );
      const asked = { key: keyOf(request), answer };
      early = asked;
      // Who comes later than that, perhaps much later, has another try.
      answer.catch(() => {
        if (early === asked) early = undefined;
      });
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
