import type { ErrorText } from './texts.js';

/** The module with the sentences, as `import()` gives it. */
export interface ErrorTextsModule {
  /** By code. */
  readonly ERROR_TEXTS: Readonly<Record<string, ErrorText>>;
}

let texts: Readonly<Record<string, ErrorText>> | undefined;
let loading: Promise<void> | undefined;

/**
 * Loads the sentences of every code, once; they are a chunk of their own. Never rejects: without them the sentences of
 * the hangup cause stay in use, and the next call tries again.
 * @param load - Fetches the chunk; a build that can not split code passes one that imports it from its own place.
 */
export function loadErrorTexts(
  load: () => Promise<ErrorTextsModule> = () => import('./texts.js'),
): Promise<void> {
  loading ??= load().then(
    (module) => {
      texts = module.ERROR_TEXTS;
    },
    () => {
      loading = undefined;
    },
  );
  return loading;
}

/** The sentences of a code; `undefined` while they are not loaded. */
export function errorTextOf(code: string): ErrorText | undefined {
  return texts?.[code];
}
