import { type EverdialTexts, en } from '../../../src/widget/languages/en.js';

/** A made-up language, 40 % longer than English: what breaks in it breaks in Finnish or Tamil. */
export const pseudo = Object.fromEntries(
  Object.entries(en).map(([key, text]) => [key, text.split('\n').map(stretch).join('\n')]),
) as EverdialTexts;

/** Makes words longer until the text is; placeholders stay. */
function stretch(text: string): string {
  let left = Math.ceil(text.replace(/\{\w+\}/g, '').length * 0.4);
  return text.replace(/\{\w+\}|\p{L}+/gu, (word) => {
    if (word.startsWith('{') || left <= 0) return word;
    const more = Math.min(left, Math.ceil(word.length * 0.5));
    left -= more;
    return word + 'enstalore'.repeat(3).slice(0, more);
  });
}
