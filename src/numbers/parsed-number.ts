/** ISO 3166 alpha-2, for example `'US'`. Small letters are read as well. */
export type CountryCode = string;

/** What sort of number it is, as far as its digits tell. Calls to `premium` and `shared-cost` cost extra. */
export type NumberKind =
  | 'fixed'
  | 'mobile'
  /** The country gives both the same numbers, as the United States do. */
  | 'fixed-or-mobile'
  | 'toll-free'
  | 'premium'
  | 'shared-cost'
  /** Internet telephones, pagers, company-wide numbers, and what nobody knows. */
  | 'other';

/** How to read what a person wrote. */
export interface NumberOptions {
  /** Country for numbers without a country code. Unset or unknown: such numbers can not be read. */
  readonly country?: CountryCode | undefined;
}

/** Why a number can not be dialled. */
export type UnreadableReason =
  /** Nothing was written. */
  | 'empty'
  /** There is something in it that no number has. */
  | 'not-a-number'
  /** It has no country code, and no country was given. */
  | 'no-country'
  /** Digits are missing. */
  | 'too-short'
  /** There are too many digits. */
  | 'too-long'
  /** Help would not find the caller: emergency numbers can not be called from a web page. */
  | 'emergency'
  /** A number of one network, such as `611`, `116117` or `*100#`, that nobody else can reach. */
  | 'short-code';

/** A number that can be dialled, or why not. */
export type ParsedNumber =
  | {
      /** It can be dialled. */
      readonly ok: true;
      /** E.164, for example `'+14155550123'`: what `dial()` takes. */
      readonly e164: string;
      /** Its country; `undefined` for international ranges. */
      readonly country: CountryCode | undefined;
      /** What sort of number it is. */
      readonly kind: NumberKind;
      /**
       * Digits to send after the answer, for example `'42'` from `ext. 42` or `,,42`; empty when none. Dial it as
       * `` `${e164},,${extension}` ``.
       */
      readonly extension: string;
    }
  | {
      /** It can not be dialled. */
      readonly ok: false;
      /** Why. */
      readonly reason: UnreadableReason;
    }
  | {
      /** It should not be dialled. */
      readonly ok: false;
      /** Its length is right, but the country gives out no such numbers. */
      readonly reason: 'not-in-use';
      /** The number as it would be dialled: countries open new ranges before the metadata knows them. */
      readonly e164: string;
    };
