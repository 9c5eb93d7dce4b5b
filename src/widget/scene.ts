/**
 * What the widget shows, finer than the state of a call: the value of the attribute `data-scene`.
 *
 * Before: `idle` · `consent` · `asking` the browser asks for the microphone · `blocked`, `nodevice`, `micbusy`, `policy`
 * the microphone is not allowed, missing, in use, forbidden to this page · `offline`.
 * Setting up: `connecting` · `slow` for more than 6 s · `switching` another carrier is tried · `ringing` · `answered` no sound
 * yet.
 * Talking: `talking` · `muted` · `held` by us · `remotehold` by them · `reconnecting` · `poor` · `silent` nothing comes from
 * the microphone · `micoff` the system muted it · `nothing` nothing is received · `playback` the browser plays nothing.
 * Over: `ending` · `ended` · `cancelled` · `busy` · `noanswer` · `declined` · `unavailable` · `invalid` · `refused` ·
 * `unreachable` · `unknown` · `cutoff` after the answer · `service` the site's fault.
 */
export type Scene = (typeof SCENES)[number];

/** All of them. */
export const SCENES = [
  'idle',
  'consent',
  'asking',
  'blocked',
  'nodevice',
  'micbusy',
  'policy',
  'offline',
  'connecting',
  'slow',
  'switching',
  'ringing',
  'answered',
  'talking',
  'muted',
  'held',
  'remotehold',
  'reconnecting',
  'poor',
  'silent',
  'micoff',
  'nothing',
  'playback',
  'ending',
  'ended',
  'cancelled',
  'busy',
  'noanswer',
  'declined',
  'unavailable',
  'invalid',
  'refused',
  'unreachable',
  'unknown',
  'cutoff',
  'service',
] as const;
