const isDialled = /[\d+*#]/g;
const countDialled = (text: string): number => text.match(isDialled)?.length ?? 0;

/**
 * Writes the number as it is formatted into its field. Drawing does not do that, because it would throw the caret to the end: it
 * stays behind the same digit.
 */
export function writeNumberField(root: ShadowRoot, number: string): void {
  const field = root.querySelector<HTMLInputElement>('input[type=tel]');
  if (!field || field.value === number) return;
  const at = field.selectionStart ?? field.value.length;
  const atEnd = at >= field.value.length;
  const before = countDialled(field.value.slice(0, at));
  field.value = number;
  let caret = 0;
  while (caret < field.value.length && countDialled(field.value.slice(0, caret)) < before)
    caret += 1;
  if (atEnd) caret = field.value.length;
  if (root.activeElement === field) field.setSelectionRange(caret, caret);
}
