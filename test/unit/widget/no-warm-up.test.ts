import { describe, expect, test, vi } from 'vitest';
import { button, define, fire, settle } from './element-fixture.js';

/** The browser tells that every byte counts. */
function saveData(connection: { readonly saveData: boolean; readonly type?: string }): void {
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { connection }));
}

const SIGNS = ['pointerover', 'focusin'] as const;

describe('an element with no-warm-up', () => {
  test('loads nothing before it is clicked, not even for the first half of a press', async () => {
    const { register, make, did, loads } = define();
    register();
    const element = make({ 'no-warm-up': '', to: '+12025550100' });
    for (const type of [...SIGNS, 'pointerdown']) fire(button(element), type);
    await settle();
    expect([loads(), did]).toEqual([0, []]);
    button(element).click();
    await settle();
    expect([loads(), did]).toEqual([1, ['made', 'start']]);
    for (const type of [...SIGNS, 'pointerdown']) fire(button(element), type);
    await settle();
    expect(did).toEqual(['made', 'start']);
  });

  test('heeds it for the page’s own button, too', async () => {
    const own = document.body.appendChild(document.createElement('button'));
    own.id = 'own-button';
    const { register, make, did, loads } = define();
    register();
    const element = make({ 'no-warm-up': '', for: 'own-button' });
    for (const type of [...SIGNS, 'pointerdown']) fire(own, type);
    await settle();
    expect(loads()).toBe(0);
    element.removeAttribute('no-warm-up');
    fire(own, 'pointerover');
    await settle();
    expect([loads(), did]).toEqual([1, ['made', 'warm-up']]);
  });
});

describe('where every byte counts', () => {
  test.each([{ saveData: true }, { saveData: false, type: 'cellular' }])(
    '%j: only a press is sign enough',
    async (connection) => {
      saveData(connection);
      const { register, make, did, loads } = define();
      register();
      const element = make();
      for (const type of SIGNS) fire(button(element), type);
      await settle();
      expect([loads(), did]).toEqual([0, []]);
      fire(button(element), 'pointerdown');
      await settle();
      expect([loads(), did]).toEqual([1, ['made', 'warm-up']]);
    },
  );

  test('it does not, over a network that is not paid by the byte', async () => {
    saveData({ saveData: false, type: 'wifi' });
    const { register, make, loads } = define();
    register();
    fire(button(make()), 'pointerover');
    await settle();
    expect(loads()).toBe(1);
  });
});
