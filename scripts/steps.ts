/** One thing that `npm test` does. */
export interface Step {
  /** Its name on the command line. */
  readonly name: string;
  /** What is run: a script of this folder, or a command out of `node_modules/.bin`, with its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
  /**
   * `check` counts as one; `suite` is a Vitest project and counts each of its tests.
   * @defaultValue 'check'
   */
  readonly kind?: 'check' | 'suite';
  /** Whether it belongs to `npm run check`: quick, without browser and build. @defaultValue false */
  readonly fast?: boolean;
  /** Whether it may run beside another one. @defaultValue false */
  readonly light?: boolean;
  /** Milliseconds after which it has failed. @defaultValue 300 000 */
  readonly timeoutMs?: number;
}

const suite = (name: string, more: Partial<Step> = {}): Step => ({
  name,
  command: ['vitest', 'run', '--project', name],
  kind: 'suite',
  ...more,
});

/** Everything `npm test` does, in this order. */
export const STEPS: readonly Step[] = [
  { name: 'format', command: ['biome', 'format', '.'], fast: true, light: true },
  {
    name: 'lint',
    command: ['biome', 'check', '--formatter-enabled=false', '--error-on-warnings', '.'],
    fast: true,
    light: true,
  },
  { name: 'typecheck', command: ['tsc', '-p', 'tsconfig.json'], fast: true, light: true },
  // Without Node's types, so that nothing of Node slips into what runs in a browser.
  { name: 'typecheck-src', command: ['tsc', '-p', 'tsconfig.src.json'], fast: true, light: true },
  {
    name: 'typecheck-examples',
    command: ['tsc', '-p', 'tsconfig.examples.json'],
    fast: true,
    light: true,
  },
  {
    name: 'boundaries',
    command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'src'],
    fast: true,
    light: true,
  },
  { name: 'unused', command: ['knip'], fast: true, light: true },
  {
    name: 'docs-errors',
    command: ['tsx', 'scripts/docs-errors.ts', '--check'],
    fast: true,
    light: true,
  },
  {
    name: 'docs-failover',
    command: ['tsx', 'scripts/docs-failover.ts', '--check'],
    fast: true,
    light: true,
  },
  {
    name: 'docs-features',
    command: ['tsx', 'scripts/docs-features.ts', '--check'],
    fast: true,
    light: true,
  },
  suite('unit', { fast: true }),
  suite('architecture', { fast: true }),
  suite('types', { fast: true }),
  { name: 'build', command: ['tsx', 'scripts/build.ts'] },
  { name: 'publint', command: ['publint', '--strict'], light: true },
  {
    name: 'attw',
    command: ['attw', '--pack', '.', '--profile', 'esm-only', '--exclude-entrypoints', 'umd'],
    light: true,
  },
  { name: 'size', command: ['size-limit'], light: true },
  { name: 'docs', command: ['typedoc'], light: true },
  { name: 'chromium', command: ['tsx', 'scripts/setup-chromium.ts'], timeoutMs: 600_000 },
  suite('package'),
  suite('lab', { timeoutMs: 900_000 }),
  suite('conformance'),
  suite('browser', { timeoutMs: 1_200_000 }),
  suite('widget', { timeoutMs: 900_000 }),
  // Ratios only: whether calls have become slower beside the raw SDKs.
  { name: 'bench', command: ['tsx', 'bench/run.ts', '--quick'], timeoutMs: 600_000 },
  {
    name: 'soak',
    command: ['tsx', 'scripts/soak.ts', '--calls', '60', '--seed', '1'],
    timeoutMs: 300_000,
  },
  suite('devices', { timeoutMs: 600_000 }),
  suite('matrix', { timeoutMs: 900_000 }),
  suite('telephony', { timeoutMs: 900_000 }),
  { name: 'demo', command: ['tsx', 'scripts/demo.ts', '--once'], timeoutMs: 120_000 },
];
