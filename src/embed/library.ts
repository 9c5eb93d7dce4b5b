import { version } from '../core/version.js';
import { createFailover, Dialer, DialerError, isDialerError, warmUpOnIntent } from '../index.js';
import { sandbox, sandboxNumbers } from '../providers/sandbox/index.js';
import { createSip } from '../providers/sip/adapter.js';
import { createTelnyx } from '../providers/telnyx/adapter.js';
import { createTwilio } from '../providers/twilio/adapter.js';
import { watchLinks } from '../tel-links/watch-links.js';
import type { EverdialGlobal } from './global.js';

/** Vendors whose SDK lies beside the scripts, as `vendor/<name>.js`. */
export type VendorName = 'telnyx' | 'twilio' | 'sip';

/** Where a build for script tags has what is fetched later. */
export interface LaterFiles {
  /** Gives the function that loads a vendor's SDK. */
  vendor(name: VendorName): () => Promise<unknown>;
  /** Loads `everdial/numbers`. */
  numbers(): Promise<typeof import('../numbers/index.js')>;
}

/** What both builds for script tags hand out. */
export function createLibrary({ vendor, numbers }: LaterFiles): EverdialGlobal {
  return {
    Dialer,
    DialerError,
    isDialerError,
    createFailover,
    warmUpOnIntent,
    telnyx: (options = {}) => createTelnyx({ ...options, sdk: options.sdk ?? vendor('telnyx') }),
    twilio: (options = {}) => createTwilio({ ...options, sdk: options.sdk ?? vendor('twilio') }),
    sip: (options) => createSip({ ...options, sdk: options.sdk ?? vendor('sip') }),
    sandbox,
    sandboxNumbers,
    watchTelLinks: (options) => watchLinks(options, numbers),
    version,
  };
}
