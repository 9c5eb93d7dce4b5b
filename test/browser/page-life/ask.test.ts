/** What the browser asks before a page is left, and links that only look like leaving. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { ANSWERS, PATIENCE, PageLab } from './page-lab.js';

const it = new PageLab();

/** Answers every question of the browser, and keeps them. */
function answering(page: Page, how: 'leave' | 'stay'): string[] {
  const questions: string[] = [];
  page.on('dialog', (dialog) => {
    questions.push(dialog.type());
    void (how === 'leave' ? dialog.accept() : dialog.dismiss());
  });
  return questions;
}

/** Browsers ask only on a page that somebody has used. */
const use = (page: Page) => page.mouse.click(5, 5);

const goAway = (page: Page) =>
  page.evaluate((url) => void setTimeout(() => location.assign(url)), it.lab.url('/blank'));

async function clickLink(page: Page, href: string): Promise<void> {
  await page.evaluate((address) => {
    const link = document.createElement('a');
    link.href = address;
    link.textContent = 'write to us';
    document.body.prepend(link);
    addEventListener('beforeunload', () => document.body.setAttribute('data-unloading', ''));
  }, href);
  await page.click('a');
  await page.waitForSelector('[data-unloading]', { state: 'attached' });
}

describe('confirmPageLeave', () => {
  test('asks during a call, which goes on while somebody thinks and when they stay', async () => {
    const tab = await it.tab('telnyx', { confirmPageLeave: true });
    const questions = answering(tab.page, 'stay');
    await tab.call(ANSWERS, 'active');
    await use(tab.page);
    await goAway(tab.page);
    await expect.poll(() => questions, PATIENCE).toEqual(['beforeunload']);
    await it.talking(tab, ANSWERS);
  });

  test('the call ends when they leave', async () => {
    const tab = await it.tab('telnyx', { confirmPageLeave: true });
    const questions = answering(tab.page, 'leave');
    await tab.call(ANSWERS, 'active');
    await use(tab.page);
    await goAway(tab.page);
    await it.lab.network.phone(ANSWERS).waitFor('hung-up');
    expect(questions).toEqual(['beforeunload']);
  });

  test.each([
    ['before a call', { confirmPageLeave: true }, []],
    ['after a call', { confirmPageLeave: true }, ['call', 'hangup']],
    ['unless it is wanted', {}, ['call']],
  ] as const)('does not ask %s', async (_when, options, steps) => {
    const tab = await it.tab('telnyx', options);
    const questions = answering(tab.page, 'stay');
    await use(tab.page);
    for (const step of steps) {
      if (step === 'call') await tab.call(ANSWERS, 'active');
      else await tab.page.evaluate(() => globalThis.everdialPage.call.hangup().then(() => {}));
    }
    await goAway(tab.page);
    await tab.page.waitForURL('**/blank');
    expect(questions).toEqual([]);
  });
});

describe.each(['mailto:someone@example.com', 'tel:+12025550199'])('a click on %s', (href) => {
  test('leaves the call alone', async () => {
    const tab = await it.tab('telnyx');
    await tab.call(ANSWERS, 'active');
    await clickLink(tab.page, href);
    await it.talking(tab, ANSWERS);
  });

  test.each(['leave', 'stay'] as const)(
    'leaves it alone where the browser asks, with the answer "%s"',
    async (answer) => {
      const tab = await it.tab('telnyx', { confirmPageLeave: true });
      const questions = answering(tab.page, answer);
      await tab.call(ANSWERS, 'active');
      await use(tab.page);
      await clickLink(tab.page, href);
      await it.talking(tab, ANSWERS);
      expect(questions).toEqual(['beforeunload']);
    },
  );
});
