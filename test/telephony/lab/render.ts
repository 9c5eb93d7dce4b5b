import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Fills the `{{names}}` of a file in `config/`. Throws for one that has no value. */
export function render(
  template: string,
  values: Readonly<Record<string, string | number>>,
): string {
  const file = fileURLToPath(new URL(`config/${template}`, import.meta.url));
  return readFileSync(file, 'utf8').replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${template} needs a value for ${name}`);
    return String(value);
  });
}
