import type { PageEnvironment, PageMoment } from '../core/environment.js';

/** Which event of the browser tells which moment. `unload` is not among them: it is unreliable and costs the page its place in the back-forward cache. */
const MOMENTS = {
  pagehide: 'left',
  freeze: 'frozen',
  pageshow: 'back',
  resume: 'back',
} as const satisfies Record<string, PageMoment>;

/** The page's life as the browser tells it (HTML 7.4 and the Page Lifecycle draft). On a server nothing happens to it. */
export function browserPage(): PageEnvironment {
  return {
    onMoment: (callback) =>
      listen(Object.keys(MOMENTS), (event) => {
        const type = event.type as keyof typeof MOMENTS;
        // The first `pageshow` of a page is no return.
        if (type !== 'pageshow' || (event as PageTransitionEvent).persisted)
          callback(MOMENTS[type]);
      }),
    confirmLeave: () =>
      listen(['beforeunload'], (event) => {
        event.preventDefault();
        // Chrome before 119 looks at nothing else.
        event.returnValue = true;
      }),
  };
}

function listen(types: readonly string[], listener: (event: Event) => void): () => void {
  const gone = new AbortController();
  for (const type of types) {
    // `freeze` and `resume` happen to the document and do not bubble.
    globalThis.addEventListener?.(type, listener, { capture: true, signal: gone.signal });
  }
  return () => gone.abort();
}
