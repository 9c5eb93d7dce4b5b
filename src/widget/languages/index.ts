import type { EverdialTexts } from './en.js';

/** Languages of the widget, English first. */
export const LANGUAGES = ['en', 'ar', 'de', 'es', 'fr', 'hi', 'ja', 'pt', 'zh'] as const;

/** One of {@link LANGUAGES}: the language part of a BCP 47 tag. */
export type LanguageCode = (typeof LANGUAGES)[number];

/** Each is a file of its own that is fetched when it is needed. */
const LOADERS: Readonly<Record<LanguageCode, () => Promise<EverdialTexts>>> = {
  en: () => import('./en.js').then((file) => file.en),
  ar: () => import('./ar.js').then((file) => file.ar),
  de: () => import('./de.js').then((file) => file.de),
  es: () => import('./es.js').then((file) => file.es),
  fr: () => import('./fr.js').then((file) => file.fr),
  hi: () => import('./hi.js').then((file) => file.hi),
  ja: () => import('./ja.js').then((file) => file.ja),
  pt: () => import('./pt.js').then((file) => file.pt),
  zh: () => import('./zh.js').then((file) => file.zh),
};

/** All words of the widget in one language. Rejects when they do not come. */
export const loadLanguage = (code: LanguageCode): Promise<EverdialTexts> => LOADERS[code]();

/**
 * The language of the widget that fits a BCP 47 tag such as that of the `lang` attribute: `pt-BR` gives `pt`, `zh-Hant`
 * gives `zh`. English when there is none, when the widget does not speak it, and when the tag is not a valid one.
 */
export function chooseLanguage(wanted: string | undefined): LanguageCode {
  try {
    // Also resolves other codes of the same language: `arb` is `ar`, `cmn` is `zh`.
    const { language } = new Intl.Locale(wanted ?? 'en');
    return LANGUAGES.find((code) => code === language) ?? 'en';
  } catch {
    return 'en';
  }
}

/** Which way a language is written; for the `dir` attribute. */
export function direction(code: LanguageCode): 'ltr' | 'rtl' {
  return code === 'ar' ? 'rtl' : 'ltr';
}

/**
 * A length of time for people, such as `4 min 12 sec`: whole minutes and seconds in the words of the language with Latin
 * digits; under a minute the seconds alone.
 *
 * @param seconds - Parts of a second are dropped; less than none counts as none.
 */
export function duration(code: LanguageCode, seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  const rest = unit(code, 'second', whole % 60);
  return minutes === 0 ? rest : `${unit(code, 'minute', minutes)} ${rest}`;
}

function unit(code: LanguageCode, name: 'minute' | 'second', value: number): string {
  return new Intl.NumberFormat(code, {
    style: 'unit',
    unit: name,
    unitDisplay: 'short',
    numberingSystem: 'latn',
  }).format(value);
}
