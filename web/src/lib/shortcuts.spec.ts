import { beforeEach, expect, it } from '@jest/globals';
import { shortcutsOn, switchShortcuts } from './shortcuts.js';

const stored = new Map<string, string>();

beforeEach(() => {
  stored.clear();
  globalThis.localStorage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  } as Storage;
});

it('has single keys until somebody switches them off, and remembers', () => {
  expect(shortcutsOn()).toBe(true);
  switchShortcuts(false);
  expect(shortcutsOn()).toBe(false);
  switchShortcuts(true);
  expect(shortcutsOn()).toBe(true);
});
