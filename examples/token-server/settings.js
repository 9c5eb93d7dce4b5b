/**
 * What this server needs to know. Only `allowedOrigins` is always needed; a carrier without its settings is left out.
 * @typedef {object} Settings
 * @property {readonly string[]} allowedOrigins - pages that may ask, such as `https://www.example.com`
 * @property {number} port - TCP port to listen on
 * @property {number} tokensPerMinute - how many tokens one address gets in a minute
 * @property {TelnyxSettings | undefined} telnyx
 * @property {TwilioSettings | undefined} twilio
 *
 * @typedef {object} TelnyxSettings
 * @property {string} apiKey - an API key of the account; it never leaves this server
 * @property {string} credentialId - the telephony credential that tokens are made for
 * @property {string} apiUrl - where Telnyx's REST API is
 *
 * @typedef {object} TwilioSettings
 * @property {string} accountSid - `AC…`
 * @property {string} apiKeySid - `SK…`
 * @property {string} apiKeySecret - its secret; it never leaves this server
 * @property {string} applicationSid - `AP…`, the TwiML application which the calls go to
 */

/**
 * Reads the settings from the environment.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {Settings}
 */
export function readSettings(env) {
  const allowedOrigins = (env['ALLOWED_ORIGINS'] ?? '')
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');
  if (allowedOrigins.length === 0) {
    throw new Error('ALLOWED_ORIGINS is empty: name the pages that may ask for tokens.');
  }
  const telnyx = carrier(env, { apiKey: 'TELNYX_API_KEY', credentialId: 'TELNYX_CREDENTIAL_ID' });
  return {
    allowedOrigins,
    port: positive(env, 'PORT', 8787),
    tokensPerMinute: positive(env, 'TOKENS_PER_MINUTE', 20),
    telnyx: telnyx && { ...telnyx, apiUrl: env['TELNYX_API_URL'] || 'https://api.telnyx.com' },
    twilio: carrier(env, {
      accountSid: 'TWILIO_ACCOUNT_SID',
      apiKeySid: 'TWILIO_API_KEY_SID',
      apiKeySecret: 'TWILIO_API_KEY_SECRET',
      applicationSid: 'TWILIO_APP_SID',
    }),
  };
}

/**
 * Settings of one carrier: all of them or none.
 * @template {string} Key
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {Readonly<Record<Key, string>>} names - setting → variable
 * @returns {Record<Key, string> | undefined}
 */
function carrier(env, names) {
  const entries = /** @type {[Key, string][]} */ (Object.entries(names));
  const missing = entries.map(([, name]) => name).filter((name) => !env[name]);
  if (missing.length === entries.length) return undefined;
  if (missing.length > 0) throw new Error(`Not set: ${missing.join(', ')}`);
  const values = entries.map(([key, name]) => [key, env[name]]);
  return /** @type {Record<Key, string>} */ (Object.fromEntries(values));
}

/**
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} name
 * @param {number} otherwise
 */
function positive(env, name, otherwise) {
  const value = Number(env[name] || otherwise);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new Error(`${name} must be a whole number`);
}
