import { describe, expect, test } from 'vitest';
import { ANSWERS, useElementLab } from './element-lab.js';

const lab = useElementLab();
const attributes = `to="${ANSWERS}" name="Example Co" providers="sandbox"`;

describe('with the keyboard alone', () => {
  test('a call: press, walk through, mute, type digits, hang up, close', async () => {
    const page = await lab.openElement(
      `<button>before</button> <ever-dial ${attributes}></ever-dial> <button>after</button>`,
    );
    const { keyboard } = page.page;
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    expect(await page.focused()).toBe('Call us');
    await keyboard.press('Enter');
    await page.until('talking');
    expect(await page.focused()).toBe('Call with Example Co');
    const order: string[] = [];
    for (let step = 0; step < 7; step += 1) {
      await keyboard.press('Tab');
      order.push(await page.focused());
    }
    expect(order).toEqual([
      'Call details',
      'Minimise',
      expect.stringContaining('Mute'),
      expect.stringContaining('Keypad'),
      expect.stringContaining('Audio'),
      expect.stringContaining('Hold'),
      'Hang up',
    ]);
    await keyboard.press('m');
    await page.until('muted');
    await keyboard.press('m');
    await page.until('talking');
    await keyboard.press('h');
    await page.until('held');
    await keyboard.press('h');
    await page.until('talking');
    await keyboard.press('k');
    await keyboard.type('12#');
    await expect.poll(() => page.dial().locator('[part=digits]').textContent()).toBe('1 2 #');
    await keyboard.press('Escape');
    await expect.poll(() => page.dial().locator('[part=keypad]').count()).toBe(0);
    // Esc never hangs up: it makes the panel small, and the call goes on.
    await keyboard.press('Escape');
    await expect.poll(() => page.dial().locator('.panel').count()).toBe(0);
    expect(await page.focused()).toContain('Back to the call');
    expect(await page.dial().getAttribute('data-scene')).toBe('talking');
    await keyboard.press('Enter');
    await expect.poll(() => page.focused()).toBe('Call with Example Co');
    await page.page.waitForTimeout(700);
    await keyboard.press('Shift+Tab');
    await page.dial().locator('[data-act=hangup]').focus();
    await keyboard.press('Enter');
    await page.until('ended');
    await page.page.waitForTimeout(700);
    await keyboard.press('Escape');
    await page.until('idle');
    expect(await page.focused()).toBe('Call us');
  });

  test('the keypad is one stop, and arrows move inside it', async () => {
    const page = await lab.openElement(`<ever-dial ${attributes}></ever-dial>`);
    const { keyboard } = page.page;
    await page.dial().click();
    await page.until('talking');
    await page.press('keypad');
    await page.dial().locator('.key').first().focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown']) await keyboard.press(key);
    expect(await page.focused()).toContain('8');
    await keyboard.press('End');
    expect(await page.focused()).toContain('#');
    await keyboard.press('Home');
    await keyboard.press('Tab');
    expect(await page.focused()).toContain('Mute');
  });

  test('shortcuts work inside the panel only, and can be switched off', async () => {
    const page = await lab.openElement(
      `<input id="outside"> <ever-dial no-shortcuts ${attributes}></ever-dial>`,
    );
    await page.dial().click();
    await page.until('talking');
    await page.page.keyboard.press('m');
    await page.page.waitForTimeout(200);
    expect(await page.dial().getAttribute('data-scene')).toBe('talking');
    await page.dial().evaluate((element) => element.removeAttribute('no-shortcuts'));
    await page.page.locator('#outside').focus();
    await page.page.keyboard.press('m');
    await page.page.waitForTimeout(200);
    expect(await page.dial().getAttribute('data-scene')).toBe('talking');
    await page.dial().locator('.panel').focus();
    await page.page.keyboard.press('m');
    await page.until('muted');
  });
});

describe('the dial pad', () => {
  test('formats while typing, takes a paste, picks a country, calls with Enter', async () => {
    const page = await lab.openElement(
      `<ever-dial variant="agent" providers="sandbox" country="US"></ever-dial>`,
    );
    const { keyboard } = page.page;
    const field = page.dial().getByRole('textbox', { name: 'Phone number' });
    await field.focus();
    await keyboard.type('202555');
    await expect.poll(() => field.inputValue()).toBe('(202) 555');
    await keyboard.type('01');
    await keyboard.press('Enter');
    await expect
      .poll(() => page.dial().locator('.help').textContent())
      .toBe('This number is too short for United States.');
    await field.fill(' tel:+44 (0)20 7946-0018 ');
    await expect.poll(() => page.dial().locator('.help').textContent()).toBe('United Kingdom');
    await field.fill('911');
    await expect
      .poll(() => page.dial().locator('.help').textContent())
      .toBe('No emergency calls here. Use a phone.');
    await field.fill('');
    await page.dial().locator('[data-act=country]').first().click();
    await expect.poll(() => page.focused()).toBe('Search a country');
    await keyboard.type('germ');
    await keyboard.press('Enter');
    await expect.poll(() => page.focused()).toBe('Phone number');
    await expect.poll(() => page.dial().locator('.flag').textContent()).toContain('+49');
    await field.fill('+12025550100');
    await keyboard.press('Enter');
    await page.until('talking');
    expect(await page.dial().locator('[part=name]').textContent()).toBe('+1 202 555 0100');
  });

  test('the caret stays where somebody corrects a digit', async () => {
    const page = await lab.openElement(
      `<ever-dial variant="agent" providers="sandbox" country="US"></ever-dial>`,
    );
    const field = page.dial().getByRole('textbox', { name: 'Phone number' });
    await field.focus();
    await page.page.keyboard.type('2025550100');
    await expect.poll(() => field.inputValue()).toBe('(202) 555-0100');
    await field.evaluate((input) => (input as HTMLInputElement).setSelectionRange(3, 3));
    await page.page.keyboard.press('Backspace');
    await page.page.keyboard.type('1');
    await expect.poll(() => field.inputValue()).toBe('(212) 555-0100');
    expect(await field.evaluate((input) => (input as HTMLInputElement).selectionStart)).toBe(3);
  });

  test('keys type, a long press on 0 gives +, and the last digit can be deleted', async () => {
    const page = await lab.openElement(
      `<ever-dial variant="agent" providers="sandbox" country="US"></ever-dial>`,
    );
    const zero = page.dial().locator('.key[data-value="0"]');
    await zero.hover();
    await page.page.mouse.down();
    await page.page.waitForTimeout(700);
    await page.page.mouse.up();
    await page.dial().locator('.key[data-value="4"]').click({ clickCount: 2 });
    const field = page.dial().getByRole('textbox', { name: 'Phone number' });
    await expect.poll(() => field.inputValue()).toBe('+44');
    await page.dial().getByRole('button', { name: 'Delete last digit' }).click();
    await expect.poll(() => field.inputValue()).toBe('+4');
  });
});
