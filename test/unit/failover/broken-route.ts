import type { DialOptions } from '../../../src/dialer/dial-options.js';
import { DialerError } from '../../../src/errors/dialer-error.js';
import { NUMBER, type StageOptions, stage } from '../dialer/dialer-stage.js';
import { SAYS, type Script, scripted } from './scripted-provider.js';

/** Longer than the first hold-off, shorter than the second, whatever chance has. */
export const AFTER_HOLD_OFF_MS = 38_000;

/** A provider over which every call is answered and every hang-up confirmed. */
export const answers: Script = {
  onDial: (leg) => leg.say(SAYS.sent, SAYS.answered, SAYS.flows),
  onHangup: (leg) => leg.say(SAYS.confirmed),
};

/** A provider whose login can be broken and mended. Each failure is one of its own, as with a real vendor. */
export function breakable(script: Script = {}, broken = false) {
  const state = { broken };
  const provider = scripted({
    ...answers,
    ...script,
    login: async () => {
      if (state.broken) throw new DialerError('provider/unreachable', { route: provider.route });
    },
  });
  return { provider, state };
}

/** Two routes of which the first cannot be reached. */
export function firstBroken(options: StageOptions = {}) {
  const { provider: first, state } = breakable({}, true);
  const second = scripted({ ...answers, route: 'second' });
  const set = stage([first, second], options);
  return {
    ...set,
    first,
    second,
    state,
    /** Calls until sound flows, hangs up, and says which route carried it. */
    async call(dial: DialOptions = {}) {
      const call = set.dialer.dial(NUMBER, dial);
      await set.clock.until(call.when('active'));
      const { route } = call;
      await set.clock.until(call.hangup());
      return route;
    },
    /** The names of the routes in the order in which they would be tried now. */
    order: () => set.dialer.routes.map(({ route }) => route),
  };
}
