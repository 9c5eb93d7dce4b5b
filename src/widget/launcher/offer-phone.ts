/**
 * Puts a link for an ordinary phone in place of the start button: the code did not come, and a number is understood in every
 * language. Nothing happens where there is no number.
 */
export function offerPhone(element: Element): void {
  const button = element.shadowRoot?.querySelector('button');
  const number = element.getAttribute('phone') ?? element.getAttribute('to');
  if (!button || !number || number.startsWith('ref:')) return;
  const link = document.createElement('a');
  link.href = `tel:${number}`;
  link.className = `${button.className} offer`;
  link.append(number);
  button.after(link);
  button.hidden = true;
  link.focus();
}

/** Takes that link away: the button is drawn again. */
export const withdrawPhone = (root: ShadowRoot | null): void =>
  root?.querySelector('.offer')?.remove();
