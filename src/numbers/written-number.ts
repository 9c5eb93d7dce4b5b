import { toAscii } from '../core/phone-number.js';

/** What stands in a written number. */
export interface WrittenNumber {
  /** The number itself, as it was written. */
  readonly number: string;
  /** Digits behind it, to be sent after the answer; empty when none. May hold pauses: `'1,,42'`. */
  readonly extension: string;
}

// RFC 3966: a number that is only valid below a prefix. A context that is a domain is none.
const CONTEXT = /;phone-context=(\+[\d().-]+)/i;

const PARAMETER = /;(?!ext=)[a-z][a-z-]*=?[^;]*/gi;

// Words for it as they stand in address books. Without a word: `x42`, `#42`, and pauses in front.
const MARKS = [
  '[;,\\s]*\\b(?:ext(?:ensi[oó]n|ension|n)?|xtn?|int|poste|anexo|ramal|durchwahl|dw)\\b[.:=]*',
  '[;,\\s]*(?:доб|внутр|内線|分机|內線|分機)[.:=]*',
  '[;\\s]*x',
  '\\s+#',
  '\\s*[,;w]+',
].join('|');

const EXTENSION = new RegExp(`^(.*?\\d.*?)(?:${MARKS})\\s*([\\d*#][\\d*#,w\\s]*)$`, 'isu');

/** Takes a written number apart: `+1 415 555 0123 ext. 42`, `tel:+1-415-555-0123;ext=42`, `…x42`, `…,,42`. */
export function splitExtension(input: string): WrittenNumber {
  const text = toAscii(input)
    .replace(/\p{Cf}/gu, '')
    .trim();
  const context = CONTEXT.exec(text)?.[1] ?? '';
  const plain = text
    .replace(PARAMETER, '')
    .replace(/^tel:\s*(?:\/\/)?/i, '')
    // What is marked by word alone has a letter before: "0123ext42" has no border between word and number.
    .replace(/(?<=\d)(?=ext|xtn)/i, ' ')
    .replace(/(?<=\b(?:ext|extn|xtn|dw)\.?)(?=\d)/i, ' ');
  const [, number = plain, digits = ''] = EXTENSION.exec(plain) ?? [];
  return { number: context + number.trim(), extension: digits.replace(/\s/g, '') };
}
