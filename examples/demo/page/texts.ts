import type { Call } from 'everdial';
import { carrierName } from './dom.js';

/** What the panel says: a headline and a sentence. */
export type Words = readonly [headline: string, hint: string];

/** Before a call. */
export const IDLE: Words = ['Talk to us now', 'Straight from this page. Nothing to install.'];

/** What is said about a call, in every state. */
export function wordsOf(call: Call, switched: boolean): Words {
  const { state, provider, outcome, problem } = call;
  const over = provider === undefined ? '' : `over ${carrierName(provider)}`;
  if (outcome) return endWords(call, switched);
  switch (state) {
    case 'preparing':
      // It waits for the person, and goes on by itself.
      if (problem) return [problem.summary, problem.remedy];
      return switched
        ? ['Trying another line…', 'Their phone has not rung yet.']
        : ['Connecting…', 'Allow the microphone if your browser asks.'];
    case 'connecting':
      return ['Connecting…', `The call was sent ${over}.`];
    case 'ringing':
      return ['Ringing…', `Their phone rings, ${over}.`];
    case 'answered':
      return ['Answered', 'Opening the sound…'];
    case 'reconnecting':
      return ['Connection lost', 'Getting it back. Please stay on this page.'];
    case 'ending':
    case 'ended':
      return ['Hanging up…', ''];
    case 'active':
      return activeWords(call, over);
  }
}

function activeWords({ held, muted, problem }: Call, over: string): Words {
  if (problem) return [problem.summary, problem.remedy];
  if (held) return ['On hold', 'They can’t hear you.'];
  return muted ? ['You are muted', 'They can’t hear you.'] : ['Connected', `You talk ${over}.`];
}

function endWords({ outcome, provider }: Call, switched: boolean): Words {
  if (outcome?.error) {
    return [outcome.error.summary, outcome.redialReason ?? outcome.error.remedy];
  }
  if (outcome?.cause !== 'completed') return ['Call cancelled', 'Nobody had answered.'];
  const carried = `${carrierName(provider)} carried it`;
  return ['Call ended', switched ? `${carried}, and their phone rang once.` : `${carried}.`];
}
