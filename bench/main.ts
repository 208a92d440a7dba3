import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchRow } from './bench-row.js';
import { removeHouses } from './support/house.js';
import { machine } from './support/machine.js';
import { summaryOf, tableOf, type Summary } from './support/summary.js';

/** Each loaded when it runs: what one needs is no reason for another not to run. */
const BENCHMARKS: Readonly<Record<string, () => Promise<{ benchmark(): Promise<BenchRow[]> }>>> = {
  'lookup-http': () => import('./lookup-http.bench.js'),
  'lookup-in-process': () => import('./lookup-in-process.bench.js'),
  'lookup-graphql': () => import('./lookup-graphql.bench.js'),
  'lookup-as-of': () => import('./lookup-as-of.bench.js'),
  'lookup-as-of-postgres': () => import('./lookup-as-of-postgres.bench.js'),
  start: () => import('./start.bench.js'),
  append: () => import('./append.bench.js'),
  command: () => import('./command.bench.js'),
  rebuild: () => import('./rebuild.bench.js'),
  import: () => import('./import.bench.js'),
  feed: () => import('./feed.bench.js'),
  'event-to-queryable': () => import('./event-to-queryable.bench.js'),
  'eventstoredb-append': () => import('./eventstoredb-append.bench.js'),
  mongodb: () => import('./mongodb.bench.js'),
};

const RESULTS = join(process.cwd(), 'bench', 'results');

const run = async (name: string): Promise<readonly Summary[]> => {
  process.stderr.write(`${name} …\n`);
  const rows = await (await BENCHMARKS[name]!()).benchmark();
  // What was left out here says nothing against what was measured elsewhere.
  if (rows.length === 0) return [];
  const result = {
    benchmark: name,
    machine: machine(),
    rows: rows.map((row) => ({ ...summaryOf(row), rounds: row })),
  };
  await mkdir(RESULTS, { recursive: true });
  await writeFile(join(RESULTS, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  return result.rows;
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark ${unknown.join(', ')}. Known: ${Object.keys(BENCHMARKS).join(', ')}.\n`,
  );
  process.exit(1);
}
const summaries: Summary[] = [];
try {
  for (const name of named.length > 0 ? named : Object.keys(BENCHMARKS)) summaries.push(...(await run(name)));
} finally {
  await removeHouses();
}
process.stdout.write(`${tableOf(summaries)}\n`);
