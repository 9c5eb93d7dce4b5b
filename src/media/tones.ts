import type { Tone } from '../core/environment.js';

/** Loudness of every tone: about 20 dB below full scale, as loud as speech. */
const LEVEL = 0.15;
/** Milliseconds of busy or congestion tone; in a telephone it goes on until one hangs up. */
const BUSY_MS = 3000;
/** Milliseconds of a digit: the shortest that networks take for one is 40 (ITU-T Q.24). */
const DIGIT_MS = 120;

const US = '440+480 2000 4000, 480+620 500 500, 480+620 250 250';

/**
 * Ringback, busy and congestion of each country (ITU-T E.180 supplement 2): hertz, then milliseconds of sound and silence in
 * turn. A tone of 400 Hz that is modulated by 25 Hz is written as what it consists of: 375, 400 and 425.
 */
const PLANS: Readonly<Record<string, string>> = {
  AU: '413+438 400 200 400 2000, 425 375 375, 425 375 375',
  BR: '425 1000 4000, 425 250 250, 425 250 250 750 250',
  CH: '425 1000 4000, 425 500 500, 425 200 200',
  DE: '425 1000 4000, 425 480 480, 425 240 240',
  ES: '425 1500 3000, 425 200 200, 425 200 200 200 200 200 600',
  FR: '440 1500 3500, 440 500 500, 440 250 250',
  GB: '400+450 400 200 400 2000, 400 375 375, 400 400 350 225 525',
  IN: '375+400+425 400 200 400 2000, 400 750 750, 400 250 250',
  IT: '425 1000 4000, 425 500 500, 425 200 200',
  JP: '384+400+416 1000 2000, 400 500 500, 400 500 500',
  MX: '425 1000 4000, 425 250 250, 425 250 250',
  NL: '425 1000 4000, 425 500 500, 425 250 250',
  US,
};

/**
 * What a caller hears while the callee's telephone rings, until it is stopped.
 * @param country - ISO 3166 code, in any case. Countries without a plan here have North America's.
 */
export function ringbackTone(country: string | undefined): Tone {
  return plannedTone(country, 0);
}

/** What a caller hears when the callee is busy, for 3 s. Countries as in {@link ringbackTone}. */
export function busyTone(country: string | undefined): Tone {
  return forAWhile(plannedTone(country, 1));
}

/** What a caller hears when the network can not place the call, for 3 s. Countries as in {@link ringbackTone}. */
export function congestionTone(country: string | undefined): Tone {
  return forAWhile(plannedTone(country, 2));
}

const KEYS = '123A456B789C*0#D';
const ROWS_HZ = [697, 770, 852, 941];
const COLUMNS_HZ = [1209, 1336, 1477, 1633];

/** The sound of a key, once (ITU-T Q.23); `undefined` for what is none, such as a pause. */
export function digitTone(digit: string): Tone | undefined {
  const key = digit.length === 1 ? KEYS.indexOf(digit.toUpperCase()) : -1;
  const row = ROWS_HZ[key >> 2];
  const column = COLUMNS_HZ[key & 3];
  if (row === undefined || column === undefined) return undefined;
  return { frequenciesHz: [row, column], cadenceMs: [DIGIT_MS], cycles: 1, level: LEVEL };
}

function plannedTone(country: string | undefined, index: 0 | 1 | 2): Tone {
  const plan = PLANS[country?.toUpperCase() ?? ''] ?? US;
  const [hertz = '', ...cadence] = plan.split(', ')[index]?.split(' ') ?? [];
  return {
    frequenciesHz: hertz.split('+').map(Number),
    cadenceMs: cadence.map(Number),
    level: LEVEL,
  };
}

function forAWhile(tone: Tone): Tone {
  const cycleMs = tone.cadenceMs.reduce((sum, ms) => sum + ms, 0);
  return { ...tone, cycles: Math.ceil(BUSY_MS / cycleMs) };
}
