/**
 * The script-tag build in one file, without the widget: for `window.Everdial`, AMD and CommonJS. The build puts the UMD
 * wrapper around it, which hands out {@link everdial}.
 * @packageDocumentation
 */
import { openQueue } from './command-queue.js';
import type { EverdialGlobal, EverdialWindow } from './global.js';
import { createLibrary, type LaterFiles } from './library.js';
import { scriptAddress, vendorChunk } from './vendor-chunk.js';

const script = scriptAddress();
const page: { readonly Everdial?: Partial<EverdialWindow> } =
  typeof window === 'undefined' ? {} : window;
// A second copy of the script, or the loader, keeps the queue.
const isTaken = page.Everdial?.Dialer !== undefined || page.Everdial?.load !== undefined;

/** The library as the script hands it out. */
export const everdial: EverdialGlobal & EverdialWindow = {
  ...createLibrary({
    vendor: (name) => vendorChunk(script, name),
    numbers: vendorChunk(script, 'numbers') as LaterFiles['numbers'],
  }),
  cmd: openQueue(() => everdial, isTaken ? undefined : page.Everdial?.cmd),
};
