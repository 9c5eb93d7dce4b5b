import type { LegPhase } from './provider.js';

/** How far a leg can come, in order. */
const LEG_PHASES = [
  'unsent',
  'sent',
  'acknowledged',
  'progress',
  'answered',
] as const satisfies readonly LegPhase[];

/** Whether a phase is further than another one: a leg never goes back. */
export function isFurther(phase: LegPhase, than: LegPhase): boolean {
  return LEG_PHASES.indexOf(phase) > LEG_PHASES.indexOf(than);
}
