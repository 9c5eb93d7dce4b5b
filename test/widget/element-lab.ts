import type { Locator, Page } from 'playwright-core';
import { type BrowserLab, useBrowserLab } from '../lab/browser/browser-lab.js';
import type { LabPage } from '../lab/browser/open-page.js';

/** A page with elements in it, over the sandbox or the lab's carriers. */
export interface ElementPage extends LabPage {
  /** The element, or the one of this number. */
  dial(index?: number): Locator;
  /** Presses what has this act, past the guard against double clicks. */
  press(act: string, index?: number): Promise<void>;
  /** Waits until the element shows this scene. */
  until(scene: string, index?: number): Promise<void>;
  /** What was announced last. */
  said(index?: number): Promise<string>;
  /** The name of what has the focus, inside the element too. */
  focused(): Promise<string>;
  /** DOM events of the element so far, by name. */
  events(): Promise<readonly string[]>;
}

/** How a page with elements is opened. */
export interface ElementPageOptions {
  /** Language of the page. @defaultValue 'en' */
  readonly lang?: string;
  /** Permissions. @defaultValue ['microphone'] */
  readonly permissions?: readonly string[];
}

/** Longer than the guard against the second half of a double click. */
export const GUARD_MS = 650;

/** Number of the sandbox that answers after 1.5 s; also one of the lab's. */
export const ANSWERS = '+1 202 555 0100';

/** Starts browser and lab for the tests of one file. */
export function useElementLab(): BrowserLab & {
  openElement(html: string, options?: ElementPageOptions): Promise<ElementPage>;
} {
  const lab = useBrowserLab('test/widget/pages/element-page.ts');
  const openElement = async (
    html: string,
    { lang = 'en', permissions = ['microphone'] }: ElementPageOptions = {},
  ): Promise<ElementPage> => {
    const carriers = `${lab.lab.telnyx.url},${lab.lab.twilio.host}`;
    const query = new URLSearchParams({ html, lang, lab: carriers });
    const opened = await lab.openPage({ url: `${lab.url}?${query}`, permissions });
    await opened.page.waitForSelector('[data-ready]', { state: 'attached' });
    return withElement(opened);
  };
  return Object.assign(lab, { openElement });
}

function withElement(opened: LabPage): ElementPage {
  const { page } = opened;
  const dial = (index = 0): Locator => page.locator('ever-dial').nth(index);
  return {
    ...opened,
    dial,
    press: async (act, index = 0) => {
      await page.waitForTimeout(GUARD_MS);
      await dial(index).locator(`[data-act="${act}"]`).first().click();
    },
    until: async (scene, index = 0) => {
      const reached = page.waitForFunction(
        ([wanted, at]) =>
          document.querySelectorAll<HTMLElement>('ever-dial')[at as number]?.dataset['scene'] ===
          wanted,
        [scene, index] as const,
        { timeout: 30_000 },
      );
      await reached.catch(async () => {
        const { dataset, shadowRoot } = await dial(index).evaluate((element) => ({
          dataset: { ...(element as HTMLElement).dataset },
          shadowRoot: element.shadowRoot?.textContent,
        }));
        throw new Error(`not ${scene} but ${JSON.stringify(dataset)}: ${shadowRoot}`);
      });
    },
    said: (index = 0) => dial(index).locator('[role=status]').textContent() as Promise<string>,
    focused: () => focusedName(page),
    events: () => page.evaluate(() => globalThis.everdialEvents),
  };
}

const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let focused: Element | null = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    const own = focused as HTMLElement | null;
    // What is seen: of two words for one button only one is shown.
    // biome-ignore lint/performance/useDomNodeTextContent: textContent would give the hidden one too
    return own?.getAttribute('aria-label') ?? own?.innerText.replace(/\s+/g, ' ').trim() ?? '';
  });
