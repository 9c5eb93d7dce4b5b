import { callerOf, tally } from './owner.js';
import type { OwnedCount } from './soak-page-types.js';

interface Listening {
  readonly what: string;
  readonly owner: string;
  readonly type: string;
  readonly listener: WeakRef<object>;
  readonly capture: boolean;
}

type Args = Parameters<EventTarget['addEventListener']>;

const isCapture = (options: Args[2]): boolean =>
  typeof options === 'boolean' ? options : (options?.capture ?? false);

/**
 * Watches what lives as long as the page; gives the function that counts who listens there. Whatever else has listeners takes
 * them along when it is collected.
 */
export function countListeners(): () => OwnedCount[] {
  const watched = new Map<EventTarget, { readonly name: string; live: Listening[] }>([
    [globalThis.window, { name: 'window', live: [] }],
    [document, { name: 'document', live: [] }],
    [navigator.mediaDevices, { name: 'mediaDevices', live: [] }],
  ]);
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const forget = (target: EventTarget, type: string, listener: object, capture: boolean): void => {
    const known = watched.get(target);
    if (known === undefined) return;
    known.live = known.live.filter(
      (one) => one.type !== type || one.capture !== capture || one.listener.deref() !== listener,
    );
  };
  EventTarget.prototype.addEventListener = function (...[type, listener, options]: Args): void {
    addEventListener.call(this, type, listener, options);
    // A bare call of `addEventListener` means the window.
    const target = this ?? globalThis.window;
    const known = watched.get(target);
    if (known === undefined || listener === null) return;
    const capture = isCapture(options);
    forget(target, type, listener, capture);
    known.live.push({
      what: `${known.name} ${type}`,
      owner: callerOf(new Error().stack),
      type,
      listener: new WeakRef(listener),
      capture,
    });
    if (typeof options !== 'object') return;
    const gone = (): void => forget(target, type, listener, capture);
    if (options.once) addEventListener.call(this, type, gone, { ...options, once: true });
    options.signal?.addEventListener('abort', gone);
  };
  EventTarget.prototype.removeEventListener = function (...[type, listener, options]: Args): void {
    removeEventListener.call(this, type, listener, options);
    if (listener !== null) forget(this ?? globalThis.window, type, listener, isCapture(options));
  };
  return () => tally([...watched.values()].flatMap(({ live }) => live));
}
