/** The words of the start button, so that it can be painted before a language is loaded: as `call` in the tables. */
export const CALL_WORDS: Readonly<Record<string, string>> = {
  en: 'Call us',
  es: 'Llámenos',
  fr: 'Appelez-nous',
  de: 'Jetzt anrufen',
  pt: 'Ligue para nós',
  ar: 'الاتصال بنا',
  hi: 'हमें कॉल करें',
  ja: 'お電話はこちら',
  zh: '致电我们',
};

/** What the start button says in this language, by its first part; English where it is not known. */
export const callWord = (lang: string): string =>
  CALL_WORDS[lang.toLowerCase().split('-')[0] ?? ''] ?? 'Call us';
