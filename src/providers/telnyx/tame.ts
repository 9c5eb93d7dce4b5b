import type { TelnyxClient, TelnyxClientClass } from './vendor.js';

/**
 * Keeps the vendor off the console: it writes dozens of lines per call, numbers among them. What matters is logged by
 * us. To be called before the first client is made.
 */
export function silence({ prototype }: TelnyxClientClass): void {
  prototype.__logger?.setLevel?.('silent', false);
}

/** Takes bad habits off a new client, by its public methods alone. */
export function tame(client: TelnyxClient): void {
  limitLogins(client);
  handleRefusals(client);
}

/**
 * On error -32000 the vendor logs in again, and again when that login is answered so: dozens of times a second, without
 * end and without a word. Once is enough; then it reports the refusal.
 */
function limitLogins(client: TelnyxClient): void {
  const login = client.login.bind(client);
  let depth = 0;
  client.login = async (options) => {
    if (depth > 1) return;
    depth += 1;
    try {
      await login(options);
    } finally {
      depth -= 1;
    }
  };
}

/** The vendor sends candidates and digits without looking at the answer: refused, each would be an unhandled rejection. */
function handleRefusals(client: TelnyxClient): void {
  const execute = client.execute.bind(client);
  client.execute = (message) => {
    const answer = execute(message);
    answer.catch(() => undefined);
    return answer;
  };
}
