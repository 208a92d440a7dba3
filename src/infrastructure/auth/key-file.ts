import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Reads `<dataDir>/keys/<name>`, or makes it: whoever comes first, in whatever process, makes the one that everybody
 * uses. Rejects when the folder cannot be written.
 */
export const openKeyFile = async (
  dataDir: string,
  name: string,
  make: () => string | Promise<string>,
): Promise<{ readonly file: string; readonly text: string }> => {
  const folder = join(dataDir, 'keys');
  const file = join(folder, name);
  const text = (await readIfThere(file)) ?? (await create(folder, file, make));
  // A restored backup or a copied folder may have lost its permissions.
  await chmod(folder, 0o700);
  await chmod(file, 0o600);
  return { file, text };
};

const readIfThere = async (file: string): Promise<string | null> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
};

// A whole, synced file is linked to its name: the name appears once, and never with half a key behind it.
const create = async (
  folder: string,
  file: string,
  make: () => string | Promise<string>,
): Promise<string> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const content = await make();
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${content}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  return readFile(file, 'utf8');
};

const hasCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;
