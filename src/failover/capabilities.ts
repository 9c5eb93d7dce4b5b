import type { Capabilities } from '../providers/provider.js';

/** What a call can do while no route is chosen: nothing. */
export const NO_CAPABILITIES: Capabilities = {
  hold: false,
  digits: false,
  transfer: false,
  inbound: false,
  ringing: false,
  callerId: false,
  reattach: false,
  acknowledges: false,
  confirmsHangup: false,
};

/** A provider's capabilities with everything it does not name as false. */
export function completeCapabilities(capabilities: Partial<Capabilities>): Capabilities {
  return { ...NO_CAPABILITIES, ...capabilities };
}
