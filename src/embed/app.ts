/**
 * `dist/embed/app.js`: all that the loader does not carry. Evaluating it fills `window.Everdial`, registers
 * `<ever-dial>` and runs the queue.
 * @packageDocumentation
 */
import { LauncherElement } from '../widget/element.js';
import { addProviderNames } from '../widget/provider-names.js';
import { startWorks } from '../widget/works/index.js';
import { openQueue } from './command-queue.js';
import type { EverdialGlobal, EverdialWindow } from './global.js';
import { createLibrary } from './library.js';
import type { LoadFile } from './load-file.js';

/** The loader has made it. */
const page = window.Everdial as EverdialWindow & { readonly load: LoadFile };
const everdial: EverdialGlobal & EverdialWindow = Object.assign(
  page,
  createLibrary({
    vendor: (name) => () => page.load(`vendor/${name}.js`),
    numbers: () => import('../numbers/index.js'),
  }),
);
const { sandbox, telnyx, twilio } = everdial;
addProviderNames({ telnyx: () => telnyx(), twilio: () => twilio(), sandbox: () => sandbox() });
everdial.cmd = openQueue(() => everdial, page.cmd);

/** The element, complete. */
class Element extends LauncherElement {
  static override loadWorks = () => Promise.resolve(startWorks);
}
for (const { shadowRoot } of document.querySelectorAll('ever-dial')) {
  // In place of the button, since an earlier attempt to fetch this file.
  shadowRoot?.querySelector('a')?.remove();
}
customElements.define('ever-dial', Element);
