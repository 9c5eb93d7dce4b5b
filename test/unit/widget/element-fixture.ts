import { afterEach, beforeEach, vi } from 'vitest';
import { LauncherElement } from '../../../src/widget/index.js';
import type { StartWorks, Works, WorksHost } from '../../../src/widget/works/works.js';

beforeEach(() => {
  vi.useFakeTimers();
  // As in a browser: where calls are impossible the code is loaded at once.
  vi.stubGlobal('RTCPeerConnection', class {});
  Object.defineProperty(navigator, 'mediaDevices', { value: {}, configurable: true });
});
afterEach(() => {
  Reflect.deleteProperty(navigator, 'mediaDevices');
  document.body.replaceChildren();
  document.documentElement.removeAttribute('lang');
  vi.runAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

let tags = 0;

/** An element of its own with works that write down what they are told. */
export function define({ failing = 0, loadMs = 0 } = {}) {
  tags += 1;
  const tag = `test-dial-${tags}`;
  const did: string[] = [];
  const hosts: WorksHost[] = [];
  let failures = failing;
  let loads = 0;
  const startWorks: StartWorks = (host): Works => {
    hosts.push(host);
    did.push('made');
    return {
      call: undefined,
      dialer: undefined,
      start: async (to) => {
        did.push(to === undefined ? 'start' : `start ${to}`);
        return undefined;
      },
      warmUp: async () => {
        did.push('warm-up');
      },
      changed: () => did.push('changed'),
      stop: () => did.push('stop'),
    };
  };
  class Element extends LauncherElement {
    static override loadWorks = async (): Promise<StartWorks> => {
      loads += 1;
      if (loadMs > 0) await new Promise((resolve) => setTimeout(resolve, loadMs));
      if (failures > 0) {
        failures -= 1;
        throw new Error('No network');
      }
      return startWorks;
    };
  }
  const register = () => customElements.define(tag, Element);
  const make = (attributes: Record<string, string> = {}) => {
    const element = document.createElement(tag) as LauncherElement;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    document.body.append(element);
    return element;
  };
  return { tag, did, hosts, register, make, loads: () => loads };
}

/** Lets everything run that waits for nothing. */
export const settle = () => vi.advanceTimersByTimeAsync(0);
/** The element's own start button. */
export const button = (element: Element) =>
  element.shadowRoot?.querySelector('[part=button]') as HTMLButtonElement;
/** Fires an event that bubbles. */
export const fire = (target: EventTarget, type: string) =>
  target.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
