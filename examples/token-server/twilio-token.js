import { SignJWT } from 'jose';

/** How long a token lasts, seconds. The page asks for a new one before it ends. */
const LIFETIME_S = 600;

/**
 * Makes a Twilio access token (https://www.twilio.com/docs/iam/access-tokens). It allows calls out through the one TwiML
 * application and no calls in.
 * @param {import('./settings.js').TwilioSettings} settings
 * @param {{ identity: string, nowMs: number }} visitor
 * @returns {Promise<string>}
 */
export function twilioToken({ accountSid, apiKeySid, apiKeySecret, applicationSid }, visitor) {
  const now = Math.floor(visitor.nowMs / 1000);
  return new SignJWT({
    grants: {
      identity: visitor.identity,
      voice: { outgoing: { application_sid: applicationSid } },
    },
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1' })
    .setJti(`${apiKeySid}-${now}`)
    .setIssuer(apiKeySid)
    .setSubject(accountSid)
    .setIssuedAt(now)
    .setExpirationTime(now + LIFETIME_S)
    .sign(new TextEncoder().encode(apiKeySecret));
}
