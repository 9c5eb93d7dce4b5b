import { describe, expect, test } from 'vitest';
import type { BeforeCallDetail } from '../../../../src/widget/events.js';
import { beforeCall } from '../../../../src/widget/works/before-call.js';

const TO = '+12025550100';

function ask(
  listener: (event: CustomEvent<BeforeCallDetail>) => void,
  options: Parameters<typeof beforeCall>[2] = {},
) {
  const element = document.createElement('div');
  element.addEventListener('everdial:before-call', listener);
  return beforeCall(element, TO, options);
}

describe('before a call', () => {
  test('the event says what is called, bubbles and crosses shadow roots', async () => {
    const host = document.createElement('div');
    const element = document.createElement('div');
    host.attachShadow({ mode: 'open' }).append(element);
    const heard: string[] = [];
    host.addEventListener('everdial:before-call', (event) => heard.push(event.detail.to));
    await expect(beforeCall(element, TO, {})).resolves.toEqual({});
    expect(heard).toEqual([TO]);
  });

  test('nobody objects: the options are given back as they are', async () => {
    const options = { params: { page: 'shop' } };
    await expect(ask(() => undefined, options)).resolves.toEqual(options);
  });

  test('preventDefault cancels, whatever is waited for', async () => {
    let decided = false;
    const cancelled = ask((event) => {
      event.detail.waitUntil(new Promise(() => undefined));
      event.preventDefault();
    }).then((options) => {
      decided = true;
      return options;
    });
    await expect(cancelled).resolves.toBeUndefined();
    expect(decided).toBe(true);
  });

  test.each([
    ['false', () => Promise.resolve(false)],
    ['a rejection', () => Promise.reject(new Error('no'))],
    ['false among others', () => Promise.resolve(false)],
  ])('%s cancels', async (_, answer) => {
    await expect(
      ask(({ detail }) => {
        detail.waitUntil(Promise.resolve(true));
        detail.waitUntil(answer());
        detail.waitUntil(Promise.resolve());
      }),
    ).resolves.toBeUndefined();
  });

  test.each([undefined, true, null, 0, '', 'false'])('%j does not', async (answer) => {
    await expect(ask(({ detail }) => detail.waitUntil(Promise.resolve(answer)))).resolves.toEqual(
      {},
    );
  });

  test('waits for the slowest of all', async () => {
    let finish: () => void = () => undefined;
    let over = false;
    const asked = ask(({ detail }) => {
      detail.waitUntil(Promise.resolve());
      detail.waitUntil(
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
      );
    }).then(() => {
      over = true;
    });
    await new Promise((turn) => setTimeout(turn));
    expect(over).toBe(false);
    finish();
    await asked;
    expect(over).toBe(true);
  });

  test('options are merged: later ones win, the given ones are not changed', async () => {
    const options = { params: { a: '1' }, from: '+12025550101' };
    const chosen = await ask(({ detail }) => {
      detail.setOptions({ params: { b: '2' } });
      detail.setOptions({ params: { c: '3' } });
    }, options);
    expect(chosen).toEqual({ params: { c: '3' }, from: '+12025550101' });
    expect(options).toEqual({ params: { a: '1' }, from: '+12025550101' });
  });

  test('options that are set while it waits count', async () => {
    const chosen = await ask(({ detail }) =>
      detail.waitUntil(
        Promise.resolve().then(() => detail.setOptions({ params: { ticket: '42' } })),
      ),
    );
    expect(chosen).toEqual({ params: { ticket: '42' } });
  });
});
