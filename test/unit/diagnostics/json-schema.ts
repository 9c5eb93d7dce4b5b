/** The keywords of JSON Schema that `docs/report.schema.json` uses; any other one is told as a violation. */
interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
}

const KNOWN = new Set([
  ...['$schema', '$id', '$ref', '$defs', 'title', 'description', 'type', 'const', 'enum'],
  ...['pattern', 'minimum', 'maxItems', 'items', 'required', 'properties', 'additionalProperties'],
]);

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};

/** What in a value breaks a schema, as `path: what`. */
export function violations(root: Schema, value: unknown): readonly string[] {
  return check(root, root, value, '');
}

function check(root: Schema, schema: Schema, value: unknown, path: string): readonly string[] {
  if (schema.$ref !== undefined) {
    const target = root.$defs?.[schema.$ref.replace('#/$defs/', '')];
    return target ? check(root, target, value, path) : [`${path}: no ${schema.$ref}`];
  }
  const found: string[] = [];
  const tell = (broken: boolean, what: string) => {
    if (broken) found.push(`${path}: ${what}`);
  };
  for (const keyword of Object.keys(schema)) tell(!KNOWN.has(keyword), `keyword ${keyword}`);
  const type = typeOf(value);
  const types = [schema.type ?? type].flat();
  tell(!types.includes(type), `${type} instead of ${types.join(' or ')}`);
  tell('const' in schema && value !== schema.const, `is not ${String(schema.const)}`);
  tell(schema.enum !== undefined && !schema.enum.includes(value), `${String(value)} is not listed`);
  if (typeof value === 'string' && schema.pattern !== undefined) {
    tell(!new RegExp(schema.pattern, 'u').test(value), `${value} does not match`);
  }
  if (typeof value === 'number') tell(value < (schema.minimum ?? -Infinity), `${value} is less`);
  if (Array.isArray(value)) {
    tell(value.length > (schema.maxItems ?? Infinity), 'has too many items');
    const { items } = schema;
    if (items)
      for (const [at, item] of value.entries())
        found.push(...check(root, items, item, `${path}/${at}`));
  } else if (typeof value === 'object' && value !== null) {
    for (const name of schema.required ?? []) tell(!(name in value), `lacks ${name}`);
    for (const [name, item] of Object.entries(value)) {
      const inner = schema.properties?.[name] ?? schema.additionalProperties;
      tell(inner === false, `has ${name}`);
      if (inner) found.push(...check(root, inner, item, `${path}/${name}`));
    }
  }
  return found;
}
