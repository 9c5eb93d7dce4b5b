import { enPanel } from './en-panel.js';
import { enViews } from './en-views.js';

/**
 * The words of the widget in English: the table that every other language has to fill. Values in braces are put in:
 * `{name}` `{number}` `{seconds}` `{duration}` `{country}` `{day}` `{time}` `{icon}`. `title.…` is a headline,
 * `text.…` and `ended.…` the sentence below it, `say.…` what is announced where the two would not do; the words behind the
 * dot are those of `data-scene` and of `HangupCause`. `steps.…` are three lines.
 *
 * Rules: at most seven words in a headline; what happened, then what to do; "they", "their phone"; no blame, no
 * exclamation mark, no promise that nothing measures.
 */
export const en = { ...enPanel, ...enViews } as const;

/** Every word of the widget; see the table for what each means. Keys are added, never renamed. */
export type EverdialTexts = { readonly [Key in keyof typeof en]: string };
