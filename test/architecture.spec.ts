import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}
interface Report {
  readonly summary: { readonly violations: readonly Violation[]; readonly totalCruised: number };
}

const root = path.resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const configFile = path.join(root, '.dependency-cruiser.cjs');
const config = require(configFile) as { readonly forbidden: readonly { readonly name: string }[] };
const rules = config.forbidden.map((rule) => rule.name);

const cruise = async (folder: string, ...parts: string[]): Promise<Report['summary']> => {
  const program = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, '--config', configFile, '--output-type', 'json', ...parts];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: folder,
    maxBuffer: 256 * 1024 * 1024,
  });
  return (JSON.parse(stdout) as Report).summary;
};

/** A planted file that breaks a rule on purpose is named after it; every other one is innocent. */
const nameOf = (file: string): string => path.basename(file, '.ts');

describe('the direction of the parts', () => {
  it('holds in the whole tree', async () => {
    const { violations, totalCruised } = await cruise(root, 'src', 'projections', 'test', 'bench');
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    expect(totalCruised).toBeGreaterThan(50);
  }, 60_000);

  describe('is watched by rules that bite', () => {
    let planted: readonly Violation[] = [];

    beforeAll(async () => {
      const folder = path.join(root, 'test/architecture/planted');
      planted = (await cruise(folder, 'src', 'projections', 'test')).violations;
    }, 60_000);

    it.each(rules)('%s', (rule) => {
      const reported = planted.filter((violation) => violation.rule.name === rule);
      expect(reported.map(({ from }) => nameOf(from))).toContain(rule);
    });

    it('and leave alone what is allowed', () => {
      const accused = planted.map(({ from }) => nameOf(from));
      expect(accused.filter((name) => !rules.some((rule) => name.startsWith(rule)))).toEqual([]);
    });
  });
});
