/**
 * Address of the running script, or of the page where there is none (bundled, inline). It must be asked for while the
 * script is being evaluated: `document.currentScript` is null afterwards. On a server: undefined.
 */
export function scriptAddress(): string | undefined {
  if (typeof document === 'undefined') return undefined;
  const script = document.currentScript;
  const source = script !== null && 'src' in script ? script.src : '';
  return source === '' ? document.baseURI : source;
}

/**
 * A function that loads the vendor's SDK from `vendor/<name>.js` beside the script. The address is absolute, because a
 * relative `import()` in a classic script from another origin has no base (HTML standard, "muted errors").
 */
export function vendorChunk(script: string | undefined, name: string): () => Promise<unknown> {
  return () => import(/* @vite-ignore */ new URL(`./vendor/${name}.js`, script).href);
}
