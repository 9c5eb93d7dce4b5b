import { describe, expect, test } from 'vitest';
import { ANSWERS, useElementLab } from './element-lab.js';

const lab = useElementLab();
const attributes = `to="${ANSWERS}" name="Example Co" providers="sandbox"`;

describe('variants', () => {
  test('bar: calls, mutes and hangs up in its line, and opens the panel', async () => {
    const page = await lab.openElement(`<ever-dial variant="bar" ${attributes}></ever-dial>`);
    const bar = page.dial().locator('[part=bar]');
    await bar.locator('[data-act=call]').click();
    await page.until('talking');
    await expect.poll(() => bar.locator('[part=status]').textContent()).toMatch(/00:0\d/);
    await bar.locator('[data-act=mute]').click();
    await page.until('muted');
    await bar.locator('[data-act=mute]').click();
    await page.until('talking');
    await bar.locator('[data-act=expand]').click();
    await expect.poll(() => page.dial().locator('.panel').isVisible()).toBe(true);
    await page.press('minimise');
    await expect.poll(() => page.dial().locator('.panel').count()).toBe(0);
    await bar.locator('[data-act=hangup]').click();
    await page.until('ended');
  });

  test('floating: the button stands in its corner, gives way to the panel, and brings it back', async () => {
    const page = await lab.openElement(
      `<ever-dial variant="floating" position="top-left" ${attributes}></ever-dial>`,
    );
    const button = page.dial().locator('[part=button]');
    const corner = await button.boundingBox();
    expect([corner?.x, corner?.y]).toEqual([20, 20]);
    await button.click();
    await page.until('talking');
    expect(await button.isVisible()).toBe(false);
    const panel = await page.dial().locator('.panel').boundingBox();
    expect([panel?.x, panel?.y]).toEqual([20, 20]);
    await page.press('minimise');
    await expect.poll(() => button.textContent()).toMatch(/\d\d:\d\dBack to the call/);
    await button.click();
    await expect.poll(() => page.dial().locator('.panel').isVisible()).toBe(true);
    expect(await page.dial().getAttribute('data-scene')).toBe('talking');
  });

  test('a button of the page starts the call, and gets the focus back', async () => {
    const page = await lab.openElement(
      `<button id="own">Ring us</button><ever-dial for="own" ${attributes}></ever-dial>`,
    );
    expect(await page.dial().locator('[part=button]').isVisible()).toBe(false);
    await page.page.locator('#own').click();
    await page.until('ringing');
    expect(await page.page.locator('#own').textContent()).toBe('Ring us');
    await page.press('hangup');
    await page.until('cancelled');
    await page.press('close');
    await expect.poll(() => page.focused()).toBe('Ring us');
  });

  test('Arabic runs from right to left, numbers and keypad do not', async () => {
    const page = await lab.openElement(`<ever-dial ${attributes}></ever-dial>`, { lang: 'ar-EG' });
    await expect.poll(() => page.dial().locator('[part=button]').textContent()).toBe('الاتصال بنا');
    await page.dial().click();
    await page.until('talking');
    const panel = page.dial().locator('.panel');
    expect(await panel.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
    const left = (selector: string) =>
      page
        .dial()
        .locator(selector)
        .first()
        .evaluate((element) => element.getBoundingClientRect().x);
    expect(await left('.stop:first-child')).toBeGreaterThan(await left('.stop:last-child'));
    expect(await page.dial().locator('[part=number] bdi').getAttribute('dir')).toBe('ltr');
    await page.press('keypad');
    expect(await left('.key[data-value="1"]')).toBeLessThan(await left('.key[data-value="3"]'));
  });

  test('slots and parts: words of the page stand where they belong', async () => {
    const page = await lab.openElement(
      `<style>ever-dial::part(hangup) { outline: 3px solid rgb(1, 2, 3) }</style>
      <ever-dial consent-required ${attributes}>
        <b slot="label">Talk to Ada</b><i slot="consent">We keep no recording.</i><small slot="footer">Free of charge</small>
      </ever-dial>`,
    );
    const shown = (text: string) => page.page.getByText(text).isVisible();
    expect(await shown('Talk to Ada')).toBe(true);
    await page.dial().click();
    await page.until('consent');
    expect([await shown('We keep no recording.'), await shown('Free of charge')]).toEqual([
      true,
      true,
    ]);
    await page.press('agree');
    await page.until('talking');
    expect(await shown('Free of charge')).toBe(false);
    const outline = await page
      .dial()
      .locator('[part~=hangup]')
      .evaluate((element) => getComputedStyle(element).outlineColor);
    expect(outline).toBe('rgb(1, 2, 3)');
  });

  test('the page’s styles do not reach in, the accent does', async () => {
    const page = await lab.openElement(
      `<style>button { background: red !important; font-size: 40px } * { letter-spacing: 9px } ever-dial { --everdial-accent: #ffd60a }</style>
      <ever-dial ${attributes}></ever-dial>`,
    );
    const look = await page
      .dial()
      .locator('[part=button]')
      .evaluate((element) => {
        const { backgroundColor, color, fontSize } = getComputedStyle(element);
        return [backgroundColor, color, fontSize];
      });
    expect(look[0]).toBe('rgb(255, 214, 10)');
    expect(look[1]).toMatch(/0 0 0\)|rgb\(0, 0, 0\)/);
    expect(look[2]).toBe('16px');
  });
});
