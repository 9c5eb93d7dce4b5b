import { type BrowserLab, useBrowserLab } from '../../lab/browser/browser-lab.js';
import type { LaunchOptions } from '../../lab/browser/launch-browser.js';
import type { LabPage, OpenPageOptions } from '../../lab/browser/open-page.js';
import type { PageConfig } from './dialer-page.js';

/** What is left of a Dialer that was closed. Poll for it: the closing handshake of a socket takes a moment. */
export { NOTHING_LEFT } from '../../lab/browser/browser-lab.js';

/** A lab, a browser and the page of the Dialer, for the tests of one file. */
export interface DialerLab extends BrowserLab {
  /** Opens the page and makes a Dialer with these routes. */
  open(
    routes: PageConfig['routes'],
    options?: PageConfig['options'],
    page?: OpenPageOptions,
  ): Promise<LabPage>;
}

/** Starts lab and browser before the tests of a file; after each test everything is put back. */
export function useDialerLab(launch: LaunchOptions = {}): DialerLab {
  const shared = useBrowserLab('test/browser/dialer/dialer-page.ts', launch);
  const open: DialerLab['open'] = async (routes, options, page) => {
    const opened = await shared.openPage(page);
    await opened.page.evaluate((config) => globalThis.everdialPage.create(config), {
      routes,
      options,
      telnyxHost: shared.lab.telnyx.url,
      twilioHost: shared.lab.twilio.host,
      sipServer: shared.lab.sip.url,
    });
    return opened;
  };
  // Not spread into a new object: what it has is there only when the tests run.
  return Object.assign(shared, { open });
}
