import { describe, expect, test } from 'vitest';
import { fill, h, num, spoken, withNumber } from '../../../src/widget/dom/h.js';

describe('h', () => {
  test('writes attributes: true as an empty one, what is missing not at all', () => {
    const element = h('button', {
      type: 'button',
      tabindex: -1,
      hidden: true,
      a: false,
      b: null,
      c: undefined,
    });
    expect(element.outerHTML).toBe('<button type="button" tabindex="-1" hidden=""></button>');
  });

  test('writes 0 and the empty text as they are', () => {
    expect(h('i', { 'aria-valuenow': 0, alt: '' }, 0).outerHTML).toBe(
      '<i aria-valuenow="0" alt="">0</i>',
    );
  });

  test('takes elements, texts and lists of both, and leaves out what is not there', () => {
    const element = h('p', {}, 'a', [h('b', {}, 'b'), ['c', false, null]], undefined, '', h('i'));
    expect(element.innerHTML).toBe('a<b>b</b>c<i></i>');
  });

  test('a text stays text', () => {
    const evil = '<img src=x onerror=alert(1)>';
    const element = h('p', { title: evil }, evil);
    expect(element.children).toHaveLength(0);
    expect(element.textContent).toBe(evil);
    expect(element.title).toBe(evil);
  });

  test('sets custom properties', () => {
    const element = h('i', { vars: { '--level': 0.5, '--wide': 3 }, class: 'x' });
    expect(element.style.getPropertyValue('--level')).toBe('0.5');
    expect(element.style.getPropertyValue('--wide')).toBe('3');
    expect(element.hasAttribute('vars')).toBe(false);
  });
});

test('a number runs from left to right everywhere', () => {
  const element = num('+12025550100', { 'data-time': '', class: 'other', dir: 'rtl' });
  expect(element.tagName).toBe('BDI');
  expect(element.dir).toBe('ltr');
  expect(element.className).toBe('num');
  expect(element.dataset['time']).toBe('');
});

test('words for screen readers only', () => {
  expect(spoken('Open').outerHTML).toBe('<span class="sr">Open</span>');
});

describe('fill', () => {
  test('puts values in, each as often as it stands there', () => {
    expect(fill('{a} and {b}, {a}', { a: '1', b: '2' })).toBe('1 and 2, 1');
  });

  test('leaves what it does not know, and does not fill what it has put in', () => {
    expect(fill('{a} {b} {', { a: '{b}', b: undefined })).toBe('{b} {b} {');
    expect(fill('{a}', { a: "$& $' $1" })).toBe("$& $' $1");
  });
});

describe('withNumber', () => {
  const draw = (text: string) => h('p', {}, withNumber(text, '+12025550100')).innerHTML;

  test('the number stands in its place and keeps its direction', () => {
    const number = '<bdi class="num" dir="ltr">+12025550100</bdi>';
    expect(draw('Call {number} now')).toBe(`Call ${number} now`);
    expect(draw('{number}')).toBe(number);
  });

  test('a text without a place for it stays as it is', () => {
    expect(draw('Call')).toBe('Call');
  });
});
