import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { h } from '../../../../src/widget/dom/h.js';
import { listenToPanel } from '../../../../src/widget/works/panel-input.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

function open(...children: Parameters<typeof h>[2][]) {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  root.append(h('section', { class: 'panel', tabindex: -1 }, ...children));
  document.body.append(host);
  const did: string[] = [];
  const listening = new AbortController();
  const set = { keypadOpen: true, shortcuts: true, typesNumber: true };
  listenToPanel(root, listening.signal, {
    press: ({ act, value }) => did.push(value === '' ? act : `${act} ${value}`),
    escape: () => did.push('escape') > 0,
    shortcuts: () => set.shortcuts,
    typesNumber: () => set.typesNumber,
    keypadOpen: () => set.keypadOpen,
  });
  const find = <Type extends HTMLElement = HTMLElement>(selector: string): Type =>
    root.querySelector(selector) as Type;
  const fire = (selector: string, type: string) =>
    find(selector).dispatchEvent(new Event(type, { bubbles: true, composed: true }));
  const tap = (selector: string) =>
    find(selector).dispatchEvent(
      new MouseEvent('click', { bubbles: true, composed: true, detail: 1 }),
    );
  const key = (selector: string, name: string, more: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent('keydown', {
      key: name,
      bubbles: true,
      cancelable: true,
      ...more,
    });
    find(selector).focus();
    find(selector).dispatchEvent(event);
    return event.defaultPrevented;
  };
  return { did, find, fire, key, set, tap, stop: () => listening.abort() };
}

const ZERO = h('button', { 'data-act': 'key', 'data-value': '0' }, h('span', {}, '0'));

describe('a press', () => {
  test('counts anywhere on the button, with its value', () => {
    const { did, find } = open(
      h('button', { 'data-act': 'hangup' }, h('span', {}, 'Hang up')),
      h('button', { 'data-act': 'key', 'data-value': '5' }),
      h('p', {}, 'text'),
    );
    find('span').click();
    find('[data-value]').click();
    find('p').click();
    expect(did).toEqual(['hangup', 'key 5']);
  });

  test('on what can not be used now does nothing', () => {
    const { did, find } = open(
      h('button', { 'data-act': 'hold', 'aria-disabled': 'true' }, h('span')),
    );
    find('span').click();
    expect(did).toEqual([]);
  });

  test('after the end nothing is heard', () => {
    const { did, find, key, stop } = open(h('button', { 'data-act': 'hangup' }));
    stop();
    find('button').click();
    key('section', 'Escape');
    expect(did).toEqual([]);
  });
});

describe('fields', () => {
  test('a choice counts once, whether the words or the circle were pressed', () => {
    const { did, find } = open(
      h(
        'label',
        {},
        h('input', { type: 'radio', name: 'a', 'data-act': 'input', value: 'headset' }),
        h('span', {}, 'Headset'),
      ),
      h('input', { type: 'radio', name: 'a', 'data-act': 'input', value: 'built-in', id: 'b' }),
    );
    find('span').click();
    expect(did).toEqual(['input headset']);
    find('#b').click();
    expect(did).toEqual(['input headset', 'input built-in']);
  });

  test('typing tells the whole text each time; leaving the field checks it', () => {
    const { did, find, fire } = open(h('input', { type: 'tel', 'data-act': 'type' }));
    find<HTMLInputElement>('input').value = '202';
    fire('input', 'input');
    fire('input', 'change');
    find('input').click();
    expect(did).toEqual(['type 202', 'check']);
  });

  test('Enter in the number field checks and calls', () => {
    const { did, key } = open(h('input', { type: 'tel', 'data-act': 'type' }));
    expect(key('input', 'Enter')).toBe(true);
    expect(key('input', 'ArrowDown')).toBe(false);
    expect(did).toEqual(['check', 'call']);
  });

  test('arrows and Enter walk through the countries', () => {
    const { did, key } = open(h('input', { type: 'text', 'data-act': 'search' }));
    expect(key('input', 'ArrowDown')).toBe(true);
    expect(key('input', 'ArrowUp')).toBe(true);
    expect(key('input', 'Enter')).toBe(true);
    expect(key('input', 'm')).toBe(false);
    expect(key('input', '1')).toBe(false);
    key('input', 'Escape');
    expect(did).toEqual(['move-country 1', 'move-country -1', 'country active', 'escape']);
  });
});

describe('while an input method composes', () => {
  test.each(['type', 'search'])('keys in the field %s are its own', (act) => {
    const { did, key } = open(h('input', { type: 'text', 'data-act': act }));
    for (const name of ['Enter', 'ArrowDown', 'ArrowUp']) {
      expect(key('input', name, { isComposing: true })).toBe(false);
    }
    expect(did).toEqual([]);
  });
});

describe('the keyboard', () => {
  test('letters press the control that is there and can be used', () => {
    const { did, key } = open(
      h('button', { class: 'ctl', 'data-act': 'mute' }),
      h('button', { class: 'ctl', 'data-act': 'hold', 'aria-disabled': 'true' }),
    );
    key('section', 'm');
    key('section', 'h');
    key('section', 'k');
    expect(did).toEqual(['mute']);
  });

  test('letters do nothing when they are switched off', () => {
    const { did, key, set } = open(h('button', { class: 'ctl', 'data-act': 'mute' }));
    set.shortcuts = false;
    key('section', 'm');
    expect(did).toEqual([]);
  });

  test('keys outside the panel do nothing', () => {
    const { did } = open(h('button', { class: 'ctl', 'data-act': 'mute' }));
    const field = h('input');
    document.body.append(field);
    for (const name of ['m', '1', 'Escape']) {
      field.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
    }
    expect(did).toEqual([]);
  });

  test('digits go to an open keypad, else to the page', () => {
    const { did, key, set } = open();
    expect(key('section', '4')).toBe(true);
    set.keypadOpen = false;
    expect(key('section', '5')).toBe(false);
    expect(did).toEqual(['key 4']);
  });
});

describe('a long press on 0', () => {
  test('gives + after half a second, and its click nothing more', () => {
    const { did, fire, tap } = open(ZERO.cloneNode(true));
    fire('span', 'pointerdown');
    vi.advanceTimersByTime(499);
    expect(did).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(did).toEqual(['key +']);
    fire('span', 'pointerup');
    tap('span');
    expect(did).toEqual(['key +']);
    fire('span', 'pointerdown');
    fire('span', 'pointerup');
    tap('span');
    expect(did).toEqual(['key +', 'key 0']);
  });

  test.each(['pointerup', 'pointercancel', 'pointerout'])(
    'ended in time by %s it gives 0',
    (type) => {
      const { did, fire, tap } = open(ZERO.cloneNode(true));
      fire('span', 'pointerdown');
      vi.advanceTimersByTime(400);
      fire('span', type);
      vi.advanceTimersByTime(1_000);
      tap('span');
      expect(did).toEqual(['key 0']);
    },
  );

  test('other keys have no second character', () => {
    const { did, fire, tap } = open(h('button', { 'data-act': 'key', 'data-value': '1' }));
    fire('button', 'pointerdown');
    vi.advanceTimersByTime(2_000);
    tap('button');
    expect(did).toEqual(['key 1']);
  });

  test('another finger on another key ends it', () => {
    const { did, fire } = open(ZERO.cloneNode(true), h('b', { 'data-act': 'hangup' }));
    fire('span', 'pointerdown');
    vi.advanceTimersByTime(300);
    fire('b', 'pointerdown');
    vi.advanceTimersByTime(1_000);
    expect(did).toEqual([]);
  });

  test('what else is pressed after it counts', () => {
    const { did, fire, tap } = open(ZERO.cloneNode(true), h('b', { 'data-act': 'hangup' }));
    fire('span', 'pointerdown');
    vi.advanceTimersByTime(600);
    tap('b');
    expect(did).toEqual(['key +', 'hangup']);
  });

  test('left without a click does not swallow the next press of the keyboard', () => {
    const { did, find, fire } = open(ZERO.cloneNode(true));
    fire('span', 'pointerdown');
    vi.advanceTimersByTime(600);
    fire('span', 'pointerout');
    // As Enter and Space do it: a click without a pointer.
    find('[data-value]').click();
    expect(did).toEqual(['key +', 'key 0']);
  });

  test('in a call is an ordinary 0', () => {
    const { did, fire, set, tap } = open(ZERO.cloneNode(true));
    set.typesNumber = false;
    fire('span', 'pointerdown');
    vi.advanceTimersByTime(2_000);
    fire('span', 'pointerup');
    tap('span');
    expect(did).toEqual(['key 0']);
  });
});
