import { afterEach, describe, expect, it, vi } from 'vitest';
import { sheet } from '../../../../src/widget/launcher/sheet.js';

afterEach(() => vi.unstubAllGlobals());

/** A style sheet that remembers its text. */
class RecordingSheet {
  text = '';
  replaceSync(text: string): void {
    this.text = text;
  }
}

const textOf = (css: string): string => {
  vi.stubGlobal('CSSStyleSheet', RecordingSheet);
  return (sheet(css)() as unknown as RecordingSheet).text;
};

describe('sheet', () => {
  it('makes a sheet when it is asked for, and once', () => {
    vi.stubGlobal('CSSStyleSheet', undefined);
    const lazy = sheet('a{color:red}');
    vi.stubGlobal('CSSStyleSheet', RecordingSheet);
    expect(lazy()).toBe(lazy());
  });

  it('lets lengths grow with the reader’s text size', () => {
    expect(textOf('a{margin:-1.5u auto 0 12u;padding:.5u}')).toBe(
      'a{margin:calc(-1.5*var(--_u)) auto 0 calc(12*var(--_u));padding:calc(.5*var(--_u))}',
    );
  });

  it('leaves alone what only looks like a length', () => {
    const css = '.a1u{color:#12u;width:1urb;--x2u:1px}';
    expect(textOf(css)).toBe(css);
  });
});
