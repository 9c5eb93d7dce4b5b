/**
 * Reads a table that was written down as text: one row a line, columns by spaces, `#` begins a remark. A cell of several
 * values with commas stands for as many rows.
 */
export function specTable<Column extends string>(
  columns: readonly Column[],
  text: string,
): readonly Readonly<Record<Column, string>>[] {
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim());
  return lines
    .filter((line) => line !== '')
    .flatMap((line) => {
      const cells = line.split(/\s+/);
      if (cells.length !== columns.length) throw new Error(`Not ${columns.length} cells: ${line}`);
      return variants(cells).map(
        (row) =>
          Object.fromEntries(columns.map((column, at) => [column, row[at]])) as Record<
            Column,
            string
          >,
      );
    });
}

function variants([first, ...rest]: readonly string[]): readonly (readonly string[])[] {
  if (first === undefined) return [[]];
  return first
    .split(',')
    .flatMap((value) => variants(rest).map((others) => [value, ...others] as const));
}

/** The number in a cell; `undefined` for `-`. */
export const numberIn = (cell: string): number | undefined =>
  cell === '-' ? undefined : Number(cell);
