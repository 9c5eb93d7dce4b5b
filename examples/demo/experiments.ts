/** What can be broken with one button. */
export type ExperimentId =
  | 'refused'
  | 'black-hole'
  | 'busy'
  | 'lost'
  | 'cut'
  | 'no-capacity'
  | 'lost-unproven'
  | 'cut-for-good';

/** One button that breaks the first carrier and calls. What must come of it stands in `server/run-experiments.ts`. */
export interface Experiment {
  readonly id: ExperimentId;
  /** On the button. */
  readonly name: string;
  /** What breaks, in two or three words. */
  readonly fault: string;
  /** The same as a sentence. */
  readonly what: string;
  /** It breaks in the conversation, not before the call. @defaultValue false */
  readonly whileTalking?: true;
  /** One that is worth a try after this one. */
  readonly next?: { readonly id: ExperimentId; readonly label: string };
}

/** Every experiment; the first five have a button of their own. */
export const EXPERIMENTS: readonly Experiment[] = [
  {
    id: 'refused',
    name: 'Refused',
    fault: 'closed port',
    what: 'Telnyx refuses every connection: its port is closed.',
  },
  {
    id: 'black-hole',
    name: 'Black hole',
    fault: 'never answers',
    what: 'Telnyx takes the connection and never answers.',
  },
  {
    id: 'busy',
    name: 'Busy tone',
    fault: 'callee is busy',
    what: 'Telnyx’s network reports the callee as busy. Over Twilio the phone would ring.',
    next: { id: 'no-capacity', label: 'Now a network that is full, not a callee who is busy' },
  },
  {
    id: 'lost',
    name: 'Lost after INVITE',
    fault: 'silence',
    what: 'Telnyx takes the call and says nothing more about it.',
    next: { id: 'lost-unproven', label: 'Now without proof that the first call is over' },
  },
  {
    id: 'cut',
    name: 'Mid-call drop',
    fault: 'line is cut',
    what: 'The line to Telnyx is cut two seconds into the conversation.',
    whileTalking: true,
    next: { id: 'cut-for-good', label: 'Now a line that does not come back' },
  },
  {
    id: 'no-capacity',
    name: 'Network is full',
    fault: '503',
    what: 'Telnyx’s network has no room for the call (503).',
  },
  {
    id: 'lost-unproven',
    name: 'Lost without proof',
    fault: 'line is cut',
    what: 'The line to Telnyx is cut for good as soon as the call is sent.',
  },
  {
    id: 'cut-for-good',
    name: 'Mid-call drop for good',
    fault: 'line is cut',
    what: 'The line to Telnyx is cut two seconds into the conversation, and stays cut.',
    whileTalking: true,
  },
];

/** How many have a button of their own. */
export const BUTTONS = 5;

/** The experiment with this id. */
export function experiment(id: ExperimentId): Experiment {
  const found = EXPERIMENTS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no experiment ${id}`);
  return found;
}
