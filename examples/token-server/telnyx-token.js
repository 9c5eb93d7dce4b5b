/** Telnyx answers in well under a second; the page gives up after some seconds. */
const TIMEOUT_MS = 5_000;

/**
 * Telnyx's REST API said no. The text is for the log, not for the page.
 */
export class TelnyxRefused extends Error {
  /**
   * @param {number} status - HTTP status of Telnyx
   * @param {string | null} retryAfter - its `Retry-After`
   */
  constructor(status, retryAfter) {
    super(`Telnyx answered ${status}${HINTS[status] ? `: ${HINTS[status]}` : ''}`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** @type {Readonly<Record<number, string>>} */
const HINTS = {
  401: 'is TELNYX_API_KEY right?',
  403: 'may this API key use telephony credentials?',
  404: 'is TELNYX_CREDENTIAL_ID right?',
  429: 'too many tokens in a short time',
};

/**
 * Asks Telnyx for an access token of the telephony credential
 * (https://developers.telnyx.com/api-reference/access-tokens/create-an-access-token). The answer is the token as plain text.
 * @param {import('./settings.js').TelnyxSettings} settings
 * @returns {Promise<string>}
 */
export async function telnyxToken({ apiKey, credentialId, apiUrl }) {
  const path = `/v2/telephony_credentials/${encodeURIComponent(credentialId)}/token`;
  const response = await fetch(new URL(path, apiUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, accept: 'text/plain' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new TelnyxRefused(response.status, response.headers.get('retry-after'));
  return (await response.text()).trim();
}
