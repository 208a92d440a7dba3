import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const FOLDER = join(process.cwd(), 'bench', 'peers');

/**
 * What peers need and the product does not is installed when it is first compared with.
 *
 * @returns the folder that has it; null, after a line that says why: it cannot be installed
 */
export const installedPeers = async (): Promise<string | null> => {
  const isInstalled = await access(join(FOLDER, 'node_modules', '.package-lock.json')).then(yes, no);
  if (isInstalled) return FOLDER;
  try {
    await promisify(execFile)('npm', ['ci'], { cwd: FOLDER });
    return FOLDER;
  } catch (error) {
    const [why] = String(error).split('\n');
    process.stderr.write(`  left out: npm ci did not succeed in bench/peers (${why})\n`);
    return null;
  }
};

const yes = (): boolean => true;
const no = (): boolean => false;
