import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { h } from '../../../src/widget/dom/h.js';
import { morph } from '../../../src/widget/dom/morph.js';

afterEach(() => document.body.replaceChildren());

describe('morph', () => {
  test('adds, changes and removes attributes', () => {
    const old = h('p', { class: 'a', title: 'x', hidden: true });
    morph(old, h('p', { class: 'b', title: 'x', lang: 'de' }));
    expect(old.outerHTML).toBe('<p class="b" title="x" lang="de"></p>');
  });

  test('writes no attribute that is the same already', () => {
    const old = h('p', { class: 'a' }, h('b', { title: 'x' }, 'text'));
    const writes: string[] = [];
    for (const each of [old, ...old.querySelectorAll('*')]) {
      each.setAttribute = (name) => writes.push(name);
    }
    morph(old, h('p', { class: 'a' }, h('b', { title: 'x' }, 'text')));
    expect(writes).toEqual([]);
  });

  test('keeps nodes of the same tag and key', () => {
    const old = h('div', {}, h('b', {}, 'a'), 'text', h('i', { 'data-key': 'k' }));
    const before = [...old.childNodes];
    morph(old, h('div', {}, h('b', {}, 'c'), 'more', h('i', { 'data-key': 'k', title: 't' })));
    expect([...old.childNodes]).toEqual(before);
    for (const [index, node] of before.entries()) expect(old.childNodes[index]).toBe(node);
    expect(old.innerHTML).toBe('<b>c</b>more<i data-key="k" title="t"></i>');
  });

  test.each([
    ['another key', { 'data-key': 'call' }, 'button'],
    ['no key any more', {}, 'button'],
    ['another tag', { 'data-key': 'hangup' }, 'a'],
  ])('replaces a node with %s', (_, attributes, tag) => {
    const old = h('div', {}, h('button', { 'data-key': 'hangup' }, 'Hang up'));
    const button = old.firstChild;
    morph(old, h('div', {}, h(tag, attributes, 'Call')));
    expect(old.firstChild).not.toBe(button);
    expect(button?.textContent).toBe('Hang up');
    expect(old.textContent).toBe('Call');
  });

  test('adds what is new and removes what is left over', () => {
    const old = h('ul', {}, h('li', {}, '1'));
    const [first] = old.children;
    morph(old, h('ul', {}, h('li', {}, '1'), h('li', {}, '2'), h('li', {}, '3')));
    expect(old.textContent).toBe('123');
    morph(old, h('ul', {}, h('li', {}, '9')));
    expect(old.innerHTML).toBe('<li>9</li>');
    expect(old.firstChild).toBe(first);
    morph(old, h('ul'));
    expect(old.childNodes).toHaveLength(0);
  });

  test('focus and what somebody types survive', () => {
    const draw = (label: string) =>
      h('div', {}, h('label', {}, label), h('input', { type: 'tel', 'data-key': 'field' }));
    const old = draw('a');
    document.body.append(old);
    const field = old.querySelector('input') as HTMLInputElement;
    field.value = '202';
    field.focus();
    morph(old, draw('b'));
    expect(document.activeElement).toBe(field);
    expect(field.value).toBe('202');
    expect(old.textContent).toBe('b');
  });

  test('custom properties follow one by one, and only the old ones go', () => {
    const old = h('i', { vars: { '--a': 1, '--b': 2 } });
    const fresh = h('i', { vars: { '--b': 3, '--c': 4 } });
    const removed: string[] = [];
    old.style.removeProperty = (name) => {
      removed.push(name);
      return CSSStyleDeclaration.prototype.removeProperty.call(old.style, name);
    };
    morph(old, fresh);
    const values = ['--a', '--b', '--c'].map((name) => old.style.getPropertyValue(name));
    expect(values).toEqual(['', '3', '4']);
    expect(removed).toEqual(['--a']);
  });

  test('whatever it was before, it looks like the fresh one then', () => {
    const { tree } = fc.letrec<{ tree: HTMLElement }>((tie) => ({
      tree: fc
        .record({
          tag: fc.constantFrom('div', 'span', 'b'),
          key: fc.constantFrom(undefined, 'a', 'b'),
          title: fc.constantFrom(undefined, '', 'x'),
          children: fc.array(
            fc.oneof({ depthSize: 'small' }, fc.constantFrom('x', 'y'), tie('tree')),
            {
              maxLength: 3,
            },
          ),
        })
        .map(({ tag, key, title, children }) => h(tag, { 'data-key': key, title }, children)),
    }));
    fc.assert(
      fc.property(tree, tree, (one, other) => {
        const old = h('main', {}, one);
        const wanted = h('main', {}, other.cloneNode(true)).outerHTML;
        morph(old, h('main', {}, other));
        // Attributes may stand in another order.
        expect(sorted(old)).toBe(sorted(parse(wanted)));
      }),
      { numRuns: 200 },
    );
  });
});

function parse(html: string): Element {
  const place = document.createElement('div');
  place.innerHTML = html;
  return place.firstElementChild as Element;
}

function sorted(node: Node): string {
  if (!(node instanceof Element)) return node.nodeValue ?? '';
  const attributes = [...node.attributes].map(({ name, value }) => `${name}=${value}`).sort();
  const children = [...node.childNodes].map(sorted).join('');
  return `<${[node.tagName, ...attributes].join(' ')}>${children}</>`;
}
