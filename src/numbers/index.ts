/**
 * `everdial/numbers`: telephone numbers as people write them. Import it lazily, it holds the metadata of all countries.
 *
 * It has the plans of all countries in it (about 60 kB gzip). Importing it has no side effects, and no function of it throws.
 * @packageDocumentation
 */

export { maskNumber } from '../core/phone-number.js';
export { formatNumber } from './format-number.js';
export { formatWhileTyping } from './format-while-typing.js';
export { guessCountry, type VisitorHints } from './guess-country.js';
export { type Country, listCountries } from './list-countries.js';
export { parseNumber } from './parse-number.js';
export type {
  CountryCode,
  NumberKind,
  NumberOptions,
  ParsedNumber,
  UnreadableReason,
} from './parsed-number.js';
