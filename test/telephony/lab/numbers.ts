/** Who plays the callee of a number. */
export type Callee = 'baresip' | 'sipp refuses' | 'sipp early media' | 'nobody';

/** A number of the lab: what is dialled decides what the callee does. */
export interface LabNumber {
  readonly callee: Callee;
  /** What happens, in words. */
  readonly does: string;
  /** For baresip: whether it answers at once, and the codecs in its order. */
  readonly phone?: { readonly answers: 'auto' | 'manual'; readonly codecs: string };
  /** For sipp: the final response, with a header beside it. */
  readonly refusal?: { readonly code: number; readonly reason: string; readonly header?: string };
}

const G711 = 'PCMU/8000/1,PCMA/8000/1';
const OPUS = 'opus/48000/2';

/** Where the redirected number points to; nobody may ever ring there. */
const PREMIUM = '5550199';

const phone = (does: string, answers: 'auto' | 'manual', codecs = G711): LabNumber => ({
  callee: 'baresip',
  does,
  phone: { answers, codecs },
});

const refusal = (code: number, reason: string): LabNumber => ({
  callee: 'sipp refuses',
  does: `rings 0.7 s, then ${code} ${reason}`,
  refusal: { code, reason },
});

/** The numbers, by their last seven digits; each may be dialled as `+1202…` too. All others are 404. */
export const NUMBERS = {
  '5550100': phone('answers at once, plays 700 Hz', 'auto'),
  '5550101': phone('rings until it is told', 'manual'),
  '5550102': phone('a second one that rings until it is told', 'manual'),
  '5550103': phone('answers at once with Opus, plays 700 Hz', 'auto', OPUS),
  '5550120': { callee: 'baresip', does: 'rings at 5550101 and 5550102 together' },
  '5550183': {
    callee: 'sipp early media',
    does: 'rings 0.2 s, early media of 700 Hz for 2 s, answers, hangs up after 3 s',
  },
  '5550184': {
    callee: 'sipp early media',
    does: 'an announcement of 700 Hz for 2 s, then 480 Temporarily Unavailable',
  },
  [PREMIUM]: phone('where 5550302 redirects to: answers at once', 'auto'),
  '5550302': {
    callee: 'sipp refuses',
    does: `rings 0.7 s, then 302 to +1202${PREMIUM}`,
    refusal: {
      code: 302,
      reason: 'Moved Temporarily',
      header: `Contact: <sip:+1202${PREMIUM}@lab.example>`,
    },
  },
  '5550403': refusal(403, 'Forbidden'),
  '5550404': refusal(404, 'Not Found'),
  '5550408': refusal(408, 'Request Timeout'),
  '5550480': refusal(480, 'Temporarily Unavailable'),
  '5550486': refusal(486, 'Busy Here'),
  '5550488': refusal(488, 'Not Acceptable Here'),
  '5550500': refusal(500, 'Server Internal Error'),
  '5550503': refusal(503, 'Service Unavailable'),
  '5550600': refusal(600, 'Busy Everywhere'),
  '5550603': refusal(603, 'Decline'),
  '5550999': { callee: 'nobody', does: 'nobody is there: 408 after 5 s' },
} as const satisfies Readonly<Record<string, LabNumber>>;

/** Last seven digits of a number of the lab. */
export type LabDigits = keyof typeof NUMBERS;

/** The numbers as a list. */
export const NUMBER_LIST: readonly (readonly [LabDigits, LabNumber])[] = Object.entries(
  NUMBERS,
) as [LabDigits, LabNumber][];

/** The number that rings two phones, and these. */
export const FORK = { number: '5550120', phones: ['5550101', '5550102'] } as const;

/** As a Dialer dials it. */
export const e164 = (digits: LabDigits): string => `+1202${digits}`;
