import { runJest } from './lib/jest.mjs';
import { note, seconds } from './lib/notes.mjs';
import { makeInstalled } from './lib/ready.mjs';
import { inRoot } from './lib/root.mjs';
import { runNode } from './lib/run.mjs';

/** Leaves out lint and type check. Every other argument goes to jest. */
const ONLY_TESTS = '--only-tests';

/** @param {string[]} parts */
const tool = (...parts) => inRoot('node_modules', ...parts);

const CHECKS = [
  { name: 'eslint', args: [tool('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0'] },
  {
    name: 'prettier',
    args: [
      tool('prettier', 'bin', 'prettier.cjs'),
      '--check',
      '--log-level',
      'warn',
      '--cache',
      '--cache-location',
      inRoot('.cache', 'prettier'),
      '.',
    ],
  },
  {
    name: 'dependency rules',
    args: [
      tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
      ...['--config', '.dependency-cruiser.cjs', 'src', 'projections', 'test', 'bench'],
    ],
  },
  {
    name: 'types',
    args: [
      tool('typescript', 'bin', 'tsc'),
      ...[
        '--noEmit',
        '-p',
        'tsconfig.json',
        '--incremental',
        '--tsBuildInfoFile',
        inRoot('.cache', 'types.tsbuildinfo'),
      ],
    ],
  },
  { name: 'types of the scripts', args: [tool('typescript', 'bin', 'tsc'), '-p', 'scripts/tsconfig.json'] },
  {
    name: 'types of the web app',
    cwd: inRoot('web'),
    args: [
      tool('typescript', 'bin', 'tsc'),
      '--noEmit',
      '--incremental',
      '--tsBuildInfoFile',
      inRoot('.cache', 'web.tsbuildinfo'),
    ],
  },
  {
    name: 'questions of the web app',
    cwd: inRoot('web'),
    args: [inRoot('web', 'node_modules', 'gql.tada', 'bin', 'cli.js'), 'check', '--fail-on-warn'],
  },
];

/** @param {{ name: string, args: string[], cwd?: string }} check */
const runCheck = async ({ name, args, cwd }) => {
  const began = performance.now();
  const { code, output } = await runNode(args, cwd === undefined ? {} : { cwd });
  if (code !== 0) note(output.trimEnd());
  note(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds(began)})`);
  return code === 0 ? 0 : 1;
};

const runChecks = async () => {
  let failed = 0;
  for (const check of CHECKS) failed += await runCheck(check);
  return failed;
};

const given = process.argv.slice(2);
await makeInstalled({ web: true });
// Everything runs whatever failed before it: one run shows all there is to mend.
const failedChecks = given.includes(ONLY_TESTS) ? 0 : await runChecks();
const began = performance.now();
const tests = await runJest(given.filter((argument) => argument !== ONLY_TESTS));
const failed = tests.failed + failedChecks;
note(`${tests.failed === 0 ? 'passed' : 'FAILED'}  tests (${seconds(began)})`);
// The closing line is read by machines: it goes to stdout, last.
process.stdout.write(`${tests.passed} passed, ${failed} failed\n`, () => process.exit(failed === 0 ? 0 : 1));
