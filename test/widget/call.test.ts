import { describe, expect, test } from 'vitest';
import { NOTHING_LEFT } from '../lab/browser/browser-lab.js';
import { ANSWERS, useElementLab } from './element-lab.js';

const lab = useElementLab();
const attributes = `to="${ANSWERS}" name="Example Co" providers="sandbox"`;

describe('a call by the button', () => {
  test('is told from the press to the receipt, and leaves nothing behind', async () => {
    const page = await lab.openElement(`<ever-dial ${attributes}></ever-dial>`);
    expect(await page.events()).toEqual([]);
    await page.dial().click();
    await page.until('ringing');
    expect(await page.focused()).toBe('Call with Example Co');
    await page.until('talking');
    await expect.poll(() => page.said()).toBe('Connected. You can talk now.');
    expect(await page.dial().getAttribute('data-state')).toBe('active');
    const timer = page.dial().locator('[part=timer]');
    await expect.poll(() => timer.textContent()).toMatch(/^00:0[1-9]$/);
    await page.press('hangup');
    await page.until('ended');
    await expect
      .poll(() => page.said())
      .toMatch(/^Call ended\. \d+ sec\. Your microphone is off\.$/);
    const { audioContexts: _, timeouts: __, ...resources } = await page.resources();
    expect(resources).toEqual(NOTHING_LEFT);
    expect(await page.events()).toEqual([
      'ready',
      'before-call',
      'ringing',
      'answered',
      'active',
      'ended',
    ]);
    expect([page.pageErrors, page.consoleErrors]).toEqual([[], []]);
  });

  test('mute, hold, digits and details are what the call says they are', async () => {
    const page = await lab.openElement(`<ever-dial ${attributes}></ever-dial>`);
    await page.dial().click();
    await page.until('talking');
    await page.press('mute');
    await page.until('muted');
    expect(await page.dial().evaluate((element) => Reflect.get(element, 'call').muted)).toBe(true);
    await page.press('mute');
    await page.until('talking');
    await page.press('hold');
    await page.until('held');
    expect(await page.dial().evaluate((element) => Reflect.get(element, 'call').held)).toBe(true);
    await page.press('hold');
    await page.until('talking');
    await page.press('keypad');
    await page.dial().getByRole('button', { name: '5' }).click();
    await page.page.keyboard.type('9#');
    await expect.poll(() => page.dial().locator('[part=digits]').textContent()).toBe('5 9 #');
    await page.press('details');
    const details = page.dial().locator('[part=details]');
    await expect.poll(() => details.textContent()).toContain('Sandbox · first line');
    await expect.poll(() => details.textContent()).toContain('Verified');
    await expect.poll(() => details.textContent()).toContain('ms');
    await page.press('back');
    await page.press('devices');
    const microphones = page.dial().getByRole('radio', { name: /Fake Audio Input/ });
    await expect.poll(() => microphones.count()).toBeGreaterThan(1);
    await microphones.nth(1).check({ force: true });
    await expect
      .poll(() =>
        page.dial().evaluate((element) => Reflect.get(element, 'dialer').audio.input?.label),
      )
      .toBe('Fake Audio Input 2');
  });

  test.each([
    ['+12025550101', 'busy', 'The line is busy. They are on another call.'],
    ['+12025550103', 'declined', 'The call was declined.'],
    ['+12025550104', 'invalid', 'This number doesn’t work.'],
    ['+12025550105', 'unavailable', 'They can’t be reached.'],
    ['+12025550106', 'unreachable', 'We couldn’t get through. Their phone did not ring.'],
    ['+1', 'invalid', 'This number doesn’t work.'],
    ['+1 911', 'refused', 'We can’t call this number.'],
  ])('%s ends as %s and is announced', async (to, scene, words) => {
    const page = await lab.openElement(`<ever-dial to="${to}" providers="sandbox"></ever-dial>`);
    await page.dial().click();
    await page.until(scene);
    await expect.poll(() => page.said()).toContain(words);
    expect(await page.resources()).toMatchObject(NOTHING_LEFT);
  });

  test('calls again, and closes', async () => {
    const page = await lab.openElement(
      `<ever-dial to="+12025550101" providers="sandbox"></ever-dial>`,
    );
    await page.dial().click();
    await page.until('busy');
    await page.press('again');
    await page.until('connecting');
    await page.until('busy');
    await page.press('close');
    await page.until('idle');
    expect(await page.focused()).toBe('Call us');
    expect((await page.events()).filter((type) => type === 'ended')).toHaveLength(2);
  });

  test('the second half of a double click hangs up nothing and calls nothing', async () => {
    const page = await lab.openElement(`<ever-dial variant="panel" ${attributes}></ever-dial>`);
    await page.dial().locator('[data-act=call]').dblclick();
    await page.until('talking');
    await page.page.waitForTimeout(700);
    await page.dial().locator('[data-act=hangup]').dblclick();
    await page.until('ended');
    await page.page.waitForTimeout(300);
    expect((await page.events()).filter((type) => type === 'before-call')).toHaveLength(1);
  });

  test('the mark for the sound is an event', async () => {
    const page = await lab.openElement(`<ever-dial ${attributes}></ever-dial>`);
    await page.dial().click();
    await page.until('talking');
    await page.press('hangup');
    await page.until('ended');
    await page.dial().getByRole('radio', { name: 'Okay' }).check({ force: true });
    expect((await page.events()).at(-1)).toBe('rated');
  });

  test('sound levels are drawn on the line, yours from you, theirs from them', async () => {
    const page = await lab.openElement(`<ever-dial ${attributes}></ever-dial>`);
    await page.setMicrophone({ tone: 700 });
    await page.dial().click();
    await page.until('talking');
    const levels = () =>
      page
        .dial()
        .locator('.dots')
        .evaluateAll((halves) =>
          halves.map((half) =>
            [...half.children].some(
              (dot) => Number((dot as HTMLElement).style.getPropertyValue('--l')) > 0.02,
            ),
          ),
        );
    await expect.poll(levels).toEqual([true, true]);
  });
});

describe('before a call', () => {
  test('consent is asked for, and without it nothing happens', async () => {
    const page = await lab.openElement(
      `<ever-dial ${attributes} consent-required consent-text="We record this."></ever-dial>`,
    );
    await page.dial().click();
    await page.until('consent');
    await expect.poll(() => page.said()).toBe('Before we connect you. We record this.');
    await page.press('not-now');
    await page.until('idle');
    expect(await page.events()).not.toContain('before-call');
    await page.dial().click();
    await page.press('agree');
    await page.until('talking');
  });

  test('a listener may cancel, wait, and add parameters', async () => {
    const page = await lab.openElement(`<ever-dial ${attributes}></ever-dial>`);
    await page.page.evaluate(() => {
      document.addEventListener('everdial:before-call', (event) => event.preventDefault(), {
        once: true,
      });
    });
    await page.dial().click();
    await expect.poll(() => page.events()).toContain('before-call');
    await page.until('idle');
    await expect.poll(() => page.dial().locator('.panel').count()).toBe(0);
    expect(await page.focused()).toBe('Call us');
    await page.page.evaluate(() => {
      document.addEventListener('everdial:before-call', ({ detail }) => {
        detail.setOptions({ params: { page: '/prices' } });
        detail.waitUntil(new Promise((resolve) => setTimeout(resolve, 300)));
      });
    });
    await page.dial().click();
    await page.until('talking');
    const params = await page.dial().evaluate((element) => Reflect.get(element, 'call').params);
    expect(params).toEqual({ page: '/prices' });
  });

  test('a blocked microphone is explained for this browser, and the call goes on when it is allowed', async () => {
    const page = await lab.openElement(`<ever-dial ${attributes}></ever-dial>`, {
      permissions: [],
    });
    await page.dial().click();
    await page.until('blocked');
    await expect.poll(() => page.said()).toContain('Three steps on the screen');
    expect(await page.dial().locator('[part=steps] li').count()).toBe(3);
    expect(await page.dial().locator('[part~=phone-link]').getAttribute('href')).toBe(
      'tel:+12025550100',
    );
    await page.context.grantPermissions(['microphone']);
    await page.until('talking');
    expect((await page.events()).filter((type) => type === 'before-call')).toHaveLength(1);
  });

  test('a call that has ended for want of the microphone is tried again by Try again', async () => {
    const page = await lab.openElement(`<ever-dial ${attributes}></ever-dial>`, {
      permissions: [],
    });
    await page.page.evaluate(() => {
      const { Dialer, sandbox } = globalThis.everdialLibrary;
      const element = document.querySelector('ever-dial');
      Object.assign(element as object, { dialer: new Dialer({ providers: [sandbox()] }) });
    });
    await page.dial().click();
    await page.until('blocked');
    expect(await page.dial().getAttribute('data-state')).toBe('ended');
    await page.context.grantPermissions(['microphone']);
    await page.press('retry');
    await page.until('talking');
  });

  test('closing the panel gives up a call that waits for the microphone', async () => {
    const page = await lab.openElement(`<ever-dial ${attributes}></ever-dial>`, {
      permissions: [],
    });
    await page.dial().click();
    await page.until('blocked');
    await page.press('minimise');
    await page.until('idle');
    await expect.poll(() => page.events()).toContain('ended');
    await page.context.grantPermissions(['microphone']);
    await page.page.waitForTimeout(500);
    expect(await page.resources()).toMatchObject(NOTHING_LEFT);
  });
});
