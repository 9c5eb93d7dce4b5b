/**
 * `dist/embed/app.js`: all that the loader does not carry. Evaluating it fills `window.Everdial`, registers
 * `<ever-dial>` and runs the queue.
 * @packageDocumentation
 */
import { defineEverdial, EverdialElement } from '../widget/index.js';
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
  { defineEverdial, EverdialElement },
);
const { sandbox, telnyx, twilio } = everdial;
everdial.cmd = openQueue(() => everdial, page.cmd);

// They are in this file.
EverdialElement.loadWorks = () => Promise.resolve(startWorks);
defineEverdial({
  providers: { telnyx: () => telnyx(), twilio: () => twilio(), sandbox: () => sandbox() },
});
