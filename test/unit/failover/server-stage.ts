import type { AccessHooks, EndLegRequest, LegFate } from '../../../src/access/hooks.js';
import { DialerError } from '../../../src/errors/dialer-error.js';
import type { FailoverContext } from '../../../src/failover/failover-context.js';
import { NUMBER, stage } from '../dialer/dialer-stage.js';
import { answers } from './broken-route.js';
import { never, SAYS, type Script, scripted } from './scripted-provider.js';

/** A leg of a provider that acknowledges calls and does not acknowledge this one. */
export const silent: Script = {
  capabilities: { acknowledges: true },
  onDial: (leg) => leg.say(SAYS.sent),
};

type EndLeg = NonNullable<AccessHooks['endLeg']>;

/** A call whose first leg a server can end; the second route works. The policy goes on wherever it may. */
export async function withServer(script: Script, answer: EndLeg) {
  const asked: (EndLegRequest & { readonly atMs: number })[] = [];
  const contexts: FailoverContext[] = [];
  const first = scripted(script);
  const second = scripted({ ...answers, route: 'second' });
  const options: Parameters<typeof stage>[1] & Pick<AccessHooks, 'endLeg'> = {
    failover: (context) => {
      contexts.push(context);
      return { action: context.allowed.includes('next') ? 'next' : 'ask' };
    },
    endLeg: (request) => {
      asked.push({ ...request, atMs: set.clock.monotonicNow() });
      return answer(request);
    },
  };
  const set = stage([first, second], options);
  const call = set.dialer.dial(NUMBER);
  await set.clock.advance(0);
  return {
    ...set,
    call,
    first,
    second,
    leg: first.leg,
    contexts,
    asked,
    askedAtMs: () => asked.map(({ atMs }) => atMs),
  };
}

/** A server that ends every leg it is told of. */
export const ends: EndLeg = () => 'ended';

/** Ways of a server to say that it does not know. */
export const KNOWS_NOTHING: readonly (readonly [string, EndLeg])[] = [
  ['says that it rings', () => 'ringing'],
  ['says that it was answered', () => Promise.resolve('answered')],
  ['does not know', () => 'unknown'],
  ['says something else', () => true as unknown as LegFate],
  ['says nothing', () => undefined as unknown as LegFate],
  [
    'throws',
    () => {
      throw new Error('down');
    },
  ],
  ['refuses', () => Promise.reject(new DialerError('call/blocked'))],
  ['never answers', never],
];
