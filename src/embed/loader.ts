/**
 * `dist/embed/loader.js`: the script of the two-line snippet. It paints the start button, keeps the queue, and fetches
 * everything else, the class of the element too, when somebody is about to call.
 * @packageDocumentation
 */
import type { LauncherElement } from '../widget/element.js';
import { offerPhone } from '../widget/launcher/offer-phone.js';
import type { EverdialQueue, EverdialTask, EverdialWindow } from './global.js';
import { createLoadFile, type FileTable } from './load-file.js';
import { elementFromScript, keepInBody } from './script-element.js';
import { watchElements } from './watch-elements.js';

/** Put in by the build. */
declare const FILES: FileTable;
/** `data-preload` waits so long, for the page's own things. */
const PRELOAD_AFTER_MS = 1_000;

function start(script: HTMLScriptElement): void {
  const load = createLoadFile(script.src, script.nonce, FILES);
  const page: EverdialWindow = window.Everdial ?? { cmd: [] };
  window.Everdial = page;
  page.load = load;
  // The sign that fetched the code was spent on that: the element is given it again, to connect.
  const preload = (element?: Element): void =>
    void load('app.js').then(() => element?.dispatchEvent(new Event('pointerover')), reportError);

  const press = async (element: Element, to?: string): Promise<void> => {
    const button = element.shadowRoot?.querySelector('button');
    button?.toggleAttribute('aria-busy', true);
    try {
      await load('app.js').finally(() => button?.toggleAttribute('aria-busy', false));
      await (element as LauncherElement).start(to);
    } catch (error) {
      offerPhone(element);
      const init = { detail: { error }, bubbles: true, composed: true };
      element.dispatchEvent(new CustomEvent('everdial:error', init));
    }
  };
  watchElements(preload, press);

  // What is pushed stays in the queue until `app.js` takes it over; the first task fetches it.
  if (!page.Dialer) {
    const queue = page.cmd as EverdialQueue & unknown[];
    (queue as EverdialQueue).push = (task: EverdialTask) => {
      queue[queue.length] = task;
      preload();
    };
    if (queue[0]) preload();
  }

  const has = (name: string): boolean => script.hasAttribute(`data-${name}`);
  const element = elementFromScript(script);
  if (has('to')) keepInBody(element);
  if (has('tel-links')) {
    const onCall = (to: string): unknown => {
      keepInBody(element);
      return press(element, to);
    };
    load<typeof import('./page-links.js')>('tel-links.js').then(
      ({ watchPageLinks }) => watchPageLinks(script.dataset['country'], onCall, () => preload()),
      reportError,
    );
  }
  if (has('preload')) setTimeout(preload, PRELOAD_AFTER_MS);
}

// A second copy leaves everything to the first.
if (!window.Everdial?.load) start(document.currentScript as HTMLScriptElement);
