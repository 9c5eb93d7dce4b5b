/**
 * Where the words need more room than the panel has, its middle scrolls: it gets a shadow and can be reached with the
 * keyboard. To be called when the panel has been drawn and when its size changes.
 */
export function markScrolling(root: ParentNode): void {
  for (const main of root.querySelectorAll('.main')) {
    const scrolls = main.scrollHeight > main.clientHeight + 1;
    main.toggleAttribute('data-scroll', scrolls);
    if (scrolls) main.setAttribute('tabindex', '0');
    else main.removeAttribute('tabindex');
  }
}
