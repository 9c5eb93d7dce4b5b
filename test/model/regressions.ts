import { WORKING } from './carriers/behaviour.js';
import type { Script } from './script.js';

/** A script that broke an invariant once. */
export interface Regression {
  /** What was wrong. */
  readonly was: string;
  /** The invariant that told. */
  readonly invariant: string;
  /** Where `npm run fuzz` found it, `seed path`; `undefined` where it was written by hand. */
  readonly found: string | undefined;
  readonly script: Script;
}

const BASE: Script = {
  carriers: [WORKING, { ...WORKING, kind: 'twilio' }],
  taking: { callee: 'answers', postDialDelayMs: 200, ringMs: 2_000 },
  fence: 'none',
  microphone: 'granted',
  policy: 'standard',
  seed: 1,
  steps: [{ wait: 0, do: 'click' }],
};

/** Shrunk scripts of mended faults: each runs in every build. */
export const REGRESSIONS: readonly Regression[] = [
  {
    was: 'The second attempt found the microphone open and took that for the moment at which a person had allowed it, so the 8 s began anew and a third carrier was dialled later than that.',
    invariant: 'I6',
    found: undefined,
    script: {
      ...BASE,
      carriers: [
        { ...WORKING, login: 'is silent' },
        {
          ...WORKING,
          login: 'takes 1 s',
          invites: 'are swallowed',
          latencyMs: [200, 240],
        },
        { ...WORKING, kind: 'sip' },
      ],
      fence: 'works',
    },
  },
  {
    was: 'A warm-up whose first route was closed by close() went on with the next one, and connected it after the end.',
    invariant: 'I10',
    found: '20 413:1:1:1:1:1:3:2:4:1:2:2:2',
    script: {
      ...BASE,
      carriers: [WORKING, { ...WORKING, login: 'has slow code' }],
      microphone: 'missing',
      steps: [
        { wait: 0, do: 'click' },
        { wait: 0, do: 'warm up' },
      ],
    },
  },
  {
    was: 'The phone rang while the connection was lost, unseen by the page; the hang-up was confirmed when it was back, and as no progress had been told the next carrier was dialled: a second ringing after the first.',
    invariant: 'I2 once',
    found: undefined,
    script: {
      ...BASE,
      taking: { ...BASE.taking, postDialDelayMs: 3_500 },
      steps: [
        { wait: 0, do: 'click' },
        { wait: 'silent', do: { carrier: 0, does: 'break: reset' } },
        { wait: 1_000, do: { carrier: 0, does: 'heal' } },
      ],
    },
  },
  {
    was: 'A call went from the first carrier to the second, whose token was refused; the repeat with a fresh one could not be sent, and counted like a call of which nothing was ever sent: a third carrier was dialled.',
    invariant: 'I6',
    found: '185 1786:4:4:5:3:3:3:3:2:6:3:6:5:7:10:16:13:12:13:33',
    script: {
      ...BASE,
      carriers: [
        { ...WORKING, invites: 'are routed in silence', latencyMs: [1, 400], asksServer: false },
        { ...WORKING, invites: 'fail with 500', forCalls: 1, asksServer: true },
        {
          ...WORKING,
          invites: 'fail with 401',
          forCalls: 1,
          answersItself: true,
          asksServer: true,
        },
      ],
      taking: { callee: 'answers', postDialDelayMs: 2_900, ringMs: 2_000 },
      fence: 'works',
      seed: 373_911_722,
      steps: [
        { wait: 0, do: 'click' },
        { wait: 'acknowledged', do: 'nothing' },
        { wait: 0, do: 'click' },
        { wait: 132, do: { carrier: 0, does: 'fail the session' } },
        { wait: 24, do: 'nothing' },
        { wait: 1_112, do: 'mute' },
        { wait: 115, do: { carrier: 2, does: 'break: reset' } },
      ],
    },
  },
];
