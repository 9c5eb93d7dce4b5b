import type { PageEnvironment, PageMoment } from '../core/environment.js';

/** Which event of the browser tells which moment. `unload` is not among them: it is unreliable and costs the page its place in the back-forward cache. */
const MOMENTS = [
  ['pagehide', 'left'],
  ['freeze', 'frozen'],
  ['pageshow', 'back'],
  ['resume', 'back'],
] as const satisfies readonly (readonly [event: string, PageMoment])[];

/** The page's life as the browser tells it (HTML 7.4 and the Page Lifecycle draft). On a server nothing happens to it. */
export function browserPage(): PageEnvironment {
  return {
    onMoment(callback) {
      const listeners = MOMENTS.map(([type, moment]) => {
        // The first `pageshow` of a page is no return.
        const listener = (event: Event) => {
          if (type !== 'pageshow' || (event as PageTransitionEvent).persisted) callback(moment);
        };
        const target = type.startsWith('page') ? globalThis : globalThis.document;
        target?.addEventListener?.(type, listener);
        return () => target?.removeEventListener?.(type, listener);
      });
      return () => {
        for (const remove of listeners) remove();
      };
    },
    confirmLeave() {
      const ask = (event: BeforeUnloadEvent) => {
        event.preventDefault();
        // Chrome before 119 looks at nothing else.
        event.returnValue = true;
      };
      globalThis.addEventListener?.('beforeunload', ask);
      return () => globalThis.removeEventListener?.('beforeunload', ask);
    },
  };
}
