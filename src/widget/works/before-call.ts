import type { DialOptions } from '../../index.js';
import type { BeforeCallDetail } from '../events.js';

/**
 * Fires `everdial:before-call` and waits for what its listeners wait for.
 * @returns the options of the call, or `undefined` when a listener cancelled it
 */
export async function beforeCall(
  element: HTMLElement,
  to: string,
  options: DialOptions,
): Promise<DialOptions | undefined> {
  let chosen = options;
  const waits: Promise<unknown>[] = [];
  const detail: BeforeCallDetail = {
    to,
    setOptions: (more) => {
      chosen = { ...chosen, ...more };
    },
    waitUntil: (promise) => {
      waits.push(promise);
    },
  };
  const event = new CustomEvent('everdial:before-call', {
    detail,
    bubbles: true,
    composed: true,
    cancelable: true,
  });
  if (!element.dispatchEvent(event)) return undefined;
  const answers = await Promise.allSettled(waits);
  const refused = answers.some(({ status, ...rest }) => {
    const value = 'value' in rest ? rest.value : undefined;
    return status === 'rejected' || value === false;
  });
  return refused ? undefined : chosen;
}
