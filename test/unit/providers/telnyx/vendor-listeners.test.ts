import { expect, test } from 'vitest';
import { withListeners } from '../../../../src/providers/telnyx/vendor-listeners.js';

test('removes what was added meanwhile, and nothing else', () => {
  const heard: string[] = [];
  const mine = () => heard.push('mine');
  window.addEventListener('beforeunload', mine);
  const [made, removeListeners] = withListeners(() => {
    window.addEventListener('beforeunload', () => heard.push('window'));
    document.addEventListener('visibilitychange', () => heard.push('document'));
    return 'made';
  });
  window.addEventListener('beforeunload', () => heard.push('later'), { once: true });
  const fire = () => {
    window.dispatchEvent(new Event('beforeunload'));
    document.dispatchEvent(new Event('visibilitychange'));
  };
  fire();
  expect(made).toBe('made');
  expect([...heard].sort()).toEqual(['document', 'later', 'mine', 'window']);

  heard.length = 0;
  removeListeners();
  removeListeners();
  fire();
  window.removeEventListener('beforeunload', mine);
  expect(heard).toEqual(['mine']);
});

test('leaves the page as it was, also when the making fails', () => {
  const before = window.addEventListener;
  const isOwn = Object.hasOwn(window, 'addEventListener');
  expect(() =>
    withListeners(() => {
      throw new Error('not made');
    }),
  ).toThrow('not made');
  expect(window.addEventListener).toBe(before);
  expect(Object.hasOwn(window, 'addEventListener')).toBe(isOwn);
});
