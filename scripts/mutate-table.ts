// Changes every entry of the tables that decide about dialling again, one at a time, and runs the tests that should notice.
// Prints the changes that none of them noticed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVitest, type TestSpecification, type Vitest } from 'vitest/node';
import { PROJECT_ROOT } from './root.js';
import { type Mutant, tableMutants } from './table-mutants.js';

/** Tables of one file, and the tests that know by heart what should stand there. */
interface Target {
  readonly file: string;
  readonly tables: readonly string[];
  readonly test: string;
}

const TARGETS: readonly Target[] = [
  {
    file: 'src/failover/decision-table.ts',
    tables: ['DECISION_TABLE', 'CONDITIONS'],
    test: 'test/unit/failover/policy.test.ts',
  },
  {
    file: 'src/providers/telnyx/causes.ts',
    tables: ['Q850_BY_NAME', 'OWN_CAUSES', 'UNPROVEN', 'REASON_CODES', 'ABOUT_THE_CALL', 'ERRORS'],
    test: 'test/unit/providers/telnyx/causes.test.ts',
  },
  {
    file: 'src/providers/twilio/causes.ts',
    tables: ['CODES', 'MADE_HERE', 'WAY_BACK_REFUSED', 'NEGOTIATION_FAILED', 'TRANSPORT'],
    test: 'test/unit/providers/twilio/causes.test.ts',
  },
  {
    file: 'src/providers/sip/causes.ts',
    tables: ['LOGIN_REFUSED'],
    test: 'test/unit/providers/sip/causes.test.ts',
  },
  { file: 'src/errors/sip.ts', tables: ['RESPONSES'], test: 'test/unit/errors/sip.test.ts' },
  { file: 'src/errors/q850.ts', tables: ['CAUSES'], test: 'test/unit/errors/sip.test.ts' },
];

/** Runs a target's tests, again and again, with the real file or with a mutant in its place. */
class Bench {
  readonly #vitest: Vitest;
  readonly #specifications: readonly TestSpecification[];
  readonly #replaced: Map<string, string>;

  private constructor(
    vitest: Vitest,
    specifications: readonly TestSpecification[],
    replaced: Map<string, string>,
  ) {
    this.#vitest = vitest;
    this.#specifications = specifications;
    this.#replaced = replaced;
  }

  static async open(): Promise<Bench> {
    const replaced = new Map<string, string>();
    const vitest = await createVitest(
      'test',
      {
        root: PROJECT_ROOT,
        config: false,
        watch: false,
        environment: 'node',
        include: TARGETS.map(({ test }) => test),
        isolate: false,
        pool: 'threads',
        maxWorkers: 1,
        bail: 1,
        reporters: [{}],
      },
      {
        plugins: [
          {
            name: 'mutant',
            enforce: 'pre',
            transform: (_code, id) => replaced.get(id),
          },
        ],
      },
    );
    return new Bench(vitest, await vitest.getRelevantTestSpecifications(), replaced);
  }

  /** Whether a test fails. @throws Error when the tests could not even be run. */
  async fails({ file, test }: Target, text?: string): Promise<boolean> {
    const id = join(PROJECT_ROOT, file);
    for (const changed of [...this.#replaced.keys(), id]) this.#vitest.invalidateFile(changed);
    this.#replaced.clear();
    if (text !== undefined) this.#replaced.set(id, text);
    const chosen = this.#specifications.filter(({ moduleId }) => moduleId.endsWith(test));
    const { testModules, unhandledErrors } = await this.#vitest.runTestSpecifications(chosen);
    // Those of earlier runs are told again.
    const results = testModules
      .filter(({ moduleId }) => moduleId.endsWith(test))
      .flatMap((module) => [...module.children.allTests()]);
    if (unhandledErrors.length > 0 || results.length === 0) throw new Error(`${test} can not run`);
    return results.some((result) => result.result().state === 'failed');
  }

  close(): Promise<void> {
    return this.#vitest.close();
  }
}

/** Which mutants of a target nobody notices. */
async function survivorsOf(
  target: Target,
  mutants: readonly Mutant[],
  benches: readonly Bench[],
): Promise<readonly string[]> {
  const queue = [...mutants];
  const survivors: string[] = [];
  await Promise.all(
    benches.map(async (bench) => {
      if (await bench.fails(target)) throw new Error(`${target.test} fails without any change`);
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        if (!(await bench.fails(target, mutant.text))) survivors.push(mutant.name);
      }
    }),
  );
  return survivors;
}

/** Prints what survived. Returns the exit code. */
export async function main(): Promise<number> {
  const benches = await Promise.all([Bench.open(), Bench.open()]);
  let total = 0;
  let survived = 0;
  try {
    for (const target of TARGETS) {
      const text = readFileSync(join(PROJECT_ROOT, target.file), 'utf8');
      const mutants = tableMutants(target.file, text, target.tables);
      const survivors = await survivorsOf(target, mutants, benches);
      total += mutants.length;
      survived += survivors.length;
      console.log(`${target.file}: ${mutants.length} rows, ${survivors.length} survived`);
      for (const survivor of survivors) console.log(`  survived: ${survivor}`);
    }
  } finally {
    await Promise.all(benches.map((bench) => bench.close()));
  }
  console.log(`mutation: ${total} rows, ${total - survived} killed, ${survived} survived`);
  return survived === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(await main());
