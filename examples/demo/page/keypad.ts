import { make } from './dom.js';

const LETTERS = ['', 'ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ', '', '+', ''];

/** Fills a keypad; digits typed on the keyboard count too while the focus is inside. */
export function fillKeypad(pad: HTMLElement, onDigit: (digit: string) => void): void {
  [...'123456789*0#'].forEach((digit, index) => {
    const key = make('button', { type: 'button', className: 'key' }, digit);
    const letters = LETTERS[index];
    if (letters) key.append(make('small', { ariaHidden: 'true' }, letters));
    key.dataset['digit'] = digit;
    key.ariaLabel = digit === '*' ? 'star' : digit === '#' ? 'hash' : digit;
    key.addEventListener('click', () => onDigit(digit));
    pad.append(key);
  });
  pad.addEventListener('keydown', ({ key, ctrlKey, metaKey, altKey }) => {
    if (/^[\d*#]$/.test(key) && !ctrlKey && !metaKey && !altKey) onDigit(key);
  });
}
