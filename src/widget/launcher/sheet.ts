const UNIT = /(?<![\w#])(-?\d*\.?\d+)u\b/g;

/**
 * A style sheet that is made when it is first asked for, and once: all elements of the page share it. `12u` in the CSS means
 * 12 px at the reader's normal text size.
 */
export function sheet(css: string): () => CSSStyleSheet {
  let made: CSSStyleSheet | undefined;
  return () => {
    if (!made) {
      made = new CSSStyleSheet();
      made.replaceSync(css.replace(UNIT, 'calc($1*var(--_u))'));
    }
    return made;
  };
}
