import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchElements } from '../../../src/embed/watch-elements.js';

let signs = 0;
const presses: Element[] = [];

/** It listens for as long as the page lives: once for this file. */
beforeAll(() => {
  vi.stubGlobal('RTCPeerConnection', class {});
  watchElements(
    () => {
      signs += 1;
    },
    (element) => presses.push(element),
  );
});
beforeEach(() => {
  vi.stubGlobal('RTCPeerConnection', class {});
  signs = 0;
  presses.length = 0;
});
afterEach(async () => {
  document.body.replaceChildren();
  await painted();
  vi.unstubAllGlobals();
});

/** A MutationObserver tells of changes later. */
const painted = () => new Promise((resolve) => setTimeout(resolve, 10));

async function make(attributes: Readonly<Record<string, string>> = {}) {
  const element = document.createElement('ever-dial');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  document.body.append(element);
  await painted();
  const button = element.shadowRoot?.querySelector('button');
  if (!button) throw new Error('not painted');
  return { element, button };
}

const fire = (target: EventTarget, type: string) =>
  target.dispatchEvent(new Event(type, { bubbles: true, composed: true }));

function saveData(connection: { readonly saveData: boolean; readonly type?: string }): void {
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { connection }));
}

describe('the loader, before the class of the element is there', () => {
  it.each(['pointerover', 'focusin'])('takes %s for a sign', async (type) => {
    const { button } = await make();
    expect(signs).toBe(0);
    fire(button, type);
    expect([signs, presses]).toEqual([1, []]);
  });

  it('takes a click for a sign and a press', async () => {
    const { button, element } = await make();
    fire(button, 'click');
    expect([signs, presses]).toEqual([1, [element]]);
  });

  it('takes nothing else in the page for one', async () => {
    await make();
    const other = document.body.appendChild(document.createElement('button'));
    for (const type of ['pointerover', 'focusin', 'click']) fire(other, type);
    expect([signs, presses]).toEqual([0, []]);
  });

  it('fetches nothing for an element with no-warm-up before a press', async () => {
    const { button, element } = await make({ 'no-warm-up': '' });
    fire(button, 'pointerover');
    fire(button, 'focusin');
    expect(signs).toBe(0);
    fire(button, 'click');
    expect([signs, presses]).toEqual([1, [element]]);
  });

  it('heeds that for the page’s own button, too', async () => {
    const own = document.createElement('button');
    own.id = 'own-button';
    document.body.append(own);
    const { element } = await make({ 'no-warm-up': '', for: 'own-button' });
    fire(own, 'pointerover');
    fire(own, 'focusin');
    expect(signs).toBe(0);
    fire(own, 'click');
    expect([signs, presses]).toEqual([1, [element]]);
    element.removeAttribute('no-warm-up');
    fire(own, 'pointerover');
    expect(signs).toBe(2);
  });

  it.each([{ saveData: true }, { saveData: false, type: 'cellular' }])(
    'fetches nothing before a press where every byte counts: %j',
    async (connection) => {
      saveData(connection);
      const { button, element } = await make();
      fire(button, 'pointerover');
      fire(button, 'focusin');
      expect(signs).toBe(0);
      fire(button, 'click');
      expect([signs, presses]).toEqual([1, [element]]);
    },
  );

  it('fetches ahead over a network that is not paid by the byte', async () => {
    saveData({ saveData: false, type: 'wifi' });
    const { button } = await make();
    fire(button, 'pointerover');
    expect(signs).toBe(1);
  });
});
