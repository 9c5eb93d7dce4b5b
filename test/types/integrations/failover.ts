// The application's own rules of switching, another region before another vendor, and analytics of every switch.
import { createFailover, Dialer, type FailoverPolicy, type GetToken } from 'everdial';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';

declare const getToken: GetToken;
declare function track(name: string, data: object): void;

const standard = createFailover({ maxSwitches: 2 });

const ourRules: FailoverPolicy = (context) => {
  // Our trunk says 480 when it is full: that is capacity, not the callee.
  if (
    context.provider === 'telnyx' &&
    context.error.codes.sipCode === 480 &&
    context.phase === 'sent'
  ) {
    return { action: 'next', route: 'telnyx/us-east' };
  }
  // A public holiday line: never leave it by itself.
  if (context.to === '+14155550199') return { action: 'stop' };
  // A country where it takes long until a telephone rings.
  if (context.evidence === 'alive' && context.to.startsWith('+299') && context.elapsedMs < 60_000) {
    return { action: 'wait', forMs: 10_000 };
  }
  return standard(context);
};

export const dialer = new Dialer({
  providers: [
    telnyx({ region: 'us-east' }),
    telnyx({ region: 'us-west' }),
    twilio({ edge: 'ashburn' }),
  ],
  getToken,
  failover: ourRules,
  timeouts: { connectMs: 2000, staggerMs: 500 },
  confirmPageLeave: true,
});

// Pinned: this call uses this route or none.
export const viaTwilio = (to: string) => dialer.dial(to, { routes: ['twilio/ashburn'] });

// A permanent move to the dearer carrier must not go unnoticed.
dialer.on('route-changed', ({ route }) => {
  if (route.health !== 'healthy')
    track('route', { route: route.route, health: route.health, code: route.error?.code });
});
dialer.on('call-ended', ({ call, cause, attempts, redialAdvice, redialReason }) => {
  track('call', {
    id: call.id,
    cause,
    route: call.route,
    attempts: attempts.map(({ route, phase, error, startMs, endMs }) => ({
      route,
      phase,
      code: error?.code,
      ms: endMs - startMs,
    })),
    ask: redialAdvice === 'ask' && redialReason,
  });
});
