/**
 * The script-tag build: one file for `window.Everdial`, AMD and CommonJS. The build puts the UMD wrapper around it, which
 * hands out {@link everdial}.
 * @packageDocumentation
 */
import { version } from '../core/version.js';
import { createFailover, Dialer, DialerError, isDialerError } from '../index.js';
import { sandbox, sandboxNumbers } from '../providers/sandbox/index.js';
import { createSip } from '../providers/sip/adapter.js';
import { createTelnyx } from '../providers/telnyx/adapter.js';
import { createTwilio } from '../providers/twilio/adapter.js';
import { openQueue } from './command-queue.js';
import type { EverdialGlobal, EverdialWindow } from './global.js';
import { scriptAddress, vendorChunk } from './vendor-chunk.js';

const script = scriptAddress();
const page: { readonly Everdial?: Partial<EverdialWindow> } =
  typeof window === 'undefined' ? {} : window;
// A second copy of the script leaves the queue to the first.
const laidOut = page.Everdial?.Dialer ? undefined : page.Everdial?.cmd;

/** The library as the script hands it out. */
export const everdial: EverdialGlobal & EverdialWindow = {
  Dialer,
  DialerError,
  isDialerError,
  createFailover,
  telnyx: (options = {}) =>
    createTelnyx({ ...options, sdk: options.sdk ?? vendorChunk(script, 'telnyx') }),
  twilio: (options = {}) =>
    createTwilio({ ...options, sdk: options.sdk ?? vendorChunk(script, 'twilio') }),
  sip: (options) => createSip({ ...options, sdk: options.sdk ?? vendorChunk(script, 'sip') }),
  sandbox,
  sandboxNumbers,
  version,
  cmd: openQueue(() => everdial, laidOut),
};
