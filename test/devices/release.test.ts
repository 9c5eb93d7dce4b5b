import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useDialerLab } from '../browser/dialer/dialer-lab.js';
import type { PageConfig } from '../browser/dialer/dialer-page.js';

const NUMBER = '+12025550142';

/** What a way to end a call needs. */
interface Way {
  readonly routes?: PageConfig['routes'];
  readonly options?: PageConfig['options'];
  readonly permissions?: readonly string[];
  readonly phone?: Parameters<typeof Object.assign>[1];
  /** Ends the call; the call was dialled before. */
  readonly end: (page: Page, phone: { hangUp(): void }) => Promise<unknown>;
  /** Whether the microphone is open in between, so that the count is known to count. @defaultValue true */
  readonly opens?: boolean;
}

const until = (page: Page, milestone: 'active' | 'ended') =>
  page.evaluate((name) => globalThis.everdialPage.call.when(name).then(() => undefined), milestone);
const hangUp = (page: Page) =>
  page.evaluate(() => globalThis.everdialPage.call.hangup().then(() => undefined));

const WAYS: Readonly<Record<string, Way>> = {
  'hung up here': { end: async (page) => [await until(page, 'active'), await hangUp(page)] },
  'hung up there': {
    end: async (page, phone) => {
      await until(page, 'active');
      phone.hangUp();
      await until(page, 'ended');
    },
  },
  'cancelled while it rings': {
    phone: { answerAfterMs: undefined },
    end: async (page) => {
      await expect
        .poll(() => page.evaluate(() => globalThis.everdialPage.call.state))
        .toBe('ringing');
      await hangUp(page);
    },
  },
  'ended by the signal of the application': {
    phone: { answerAfterMs: undefined },
    end: async (page) => {
      await page.evaluate(() => globalThis.everdialPage.call.hangup().then(() => undefined));
      await page.evaluate(async (to) => {
        const abort = new AbortController();
        globalThis.everdialPage.dial(to, { signal: abort.signal });
        setTimeout(() => abort.abort(), 300);
        await globalThis.everdialPage.call.when('ended');
      }, NUMBER);
    },
  },
  'with a processor': {
    end: async (page) => {
      await until(page, 'active');
      await page.evaluate(async () => {
        globalThis.everdialPage.dialer.audio.setProcessor((track, { audioContext, signal }) => {
          const source = audioContext.createMediaStreamSource(new MediaStream([track]));
          const target = audioContext.createMediaStreamDestination();
          source.connect(target);
          signal.addEventListener('abort', () => source.disconnect());
          return target.stream.getAudioTracks()[0] ?? track;
        });
        await new Promise((resolve) => setTimeout(resolve, 500));
      });
      await hangUp(page);
    },
  },
  busy: { phone: { refuse: 486, rings: false }, end: (page) => until(page, 'ended') },
  'nobody answers': {
    phone: { answerAfterMs: undefined },
    options: { timeouts: { ringMs: 1_500 } },
    end: (page) => until(page, 'ended'),
  },
  'no carrier works': { routes: ['telnyx/us-east'], end: (page) => until(page, 'ended') },
  'switched to another carrier': {
    routes: ['telnyx/us-east', 'twilio'],
    end: async (page) => [await until(page, 'active'), await hangUp(page)],
  },
  'over Twilio': {
    routes: ['twilio'],
    end: async (page) => [await until(page, 'active'), await hangUp(page)],
  },
  'the Dialer is closed': {
    end: async (page) => {
      await until(page, 'active');
      await page.evaluate(() => globalThis.everdialPage.dialer.close());
    },
  },
  'the page is left': {
    end: async (page) => [await until(page, 'active'), await page.goto('about:blank')],
  },
  'after another microphone was chosen': {
    end: async (page) => {
      await until(page, 'active');
      await page.evaluate(() => {
        const { audio } = globalThis.everdialPage.dialer;
        const other = audio.inputs.find(({ label }) => label === 'Fake Audio Input 2');
        return audio.selectInput(other?.id ?? 'not found');
      });
      await hangUp(page);
    },
  },
  'after the meter was read': {
    end: async (page) => {
      await until(page, 'active');
      await page.evaluate(() => {
        globalThis.everdialPage.call.levels();
        return globalThis.everdialPage.dialer.audio.level;
      });
      await hangUp(page);
    },
  },
  'the microphone is refused': {
    permissions: [],
    opens: false,
    end: (page) => until(page, 'ended'),
  },
};

describe('the browser’s own books say that the microphone is closed', () => {
  const it = useDialerLab();

  test.each(Object.keys(WAYS))('%s', async (name) => {
    const {
      routes = ['telnyx'],
      options = {},
      permissions,
      phone: behaviour,
      end,
      opens = true,
    } = WAYS[name] as Way;
    const phone = it.lab.network.phone(NUMBER);
    if (behaviour) phone.behaviour = behaviour;
    const { page, context } = await it.open(routes, options, {
      microphone: 'device',
      ...(permissions && { permissions }),
    });
    const books = await context.newPage();
    await books.goto('chrome://media-internals');
    const captures = () => countCaptures(books);
    expect(await captures()).toBe(0);

    let most = 0;
    const watching = (async () => {
      for (let looks = 0; looks < 40 && most === 0; looks += 1) {
        most = Math.max(most, await captures());
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    await watching;
    await end(page, phone);
    await expect.poll(captures, { timeout: 5_000 }).toBe(0);
    expect(most).toBe(opens ? 1 : 0);
  });
});

/** How many controllers of an open microphone Chromium lists. */
async function countCaptures(books: Page): Promise<number> {
  return books.locator('#audio-input-controller-list > .tree-item').count();
}
