import type { GatewayFaults } from '../types.js';

const NONE: Readonly<GatewayFaults> = {
  tcp: 'ok',
  upgrade: 'ok',
  login: 'ok',
  invite: 'ok',
  bye: 'ok',
  ringing: 'ok',
  answer: 'ok',
  reattach: 'ok',
  delayMs: 0,
};

/** Faults that are all off; `onTcp` is called when `tcp` is set to something else. */
export function createFaults(onTcp: (tcp: GatewayFaults['tcp']) => void): GatewayFaults {
  let tcp: GatewayFaults['tcp'] = 'ok';
  return {
    ...NONE,
    get tcp() {
      return tcp;
    },
    set tcp(value) {
      if (value === tcp) return;
      tcp = value;
      onTcp(value);
    },
  };
}

/** Puts every fault back. */
export function clearFaults(faults: GatewayFaults): void {
  Object.assign(faults, NONE);
}
