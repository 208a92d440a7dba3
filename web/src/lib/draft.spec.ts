import { beforeEach, describe, expect, it } from '@jest/globals';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { useDraft } from './draft.js';

type Draft = ReturnType<typeof useDraft<string>>;

/** What a page that holds the draft sees when it is opened. */
const opened = (name: string): Draft => {
  let draft: Draft | undefined;
  const Page = (): null => {
    draft = useDraft(name, 'nothing yet');
    return null;
  };
  renderToStaticMarkup(createElement(Page));
  return draft!;
};

const stored = new Map<string, string>();

beforeEach(() => {
  stored.clear();
  globalThis.sessionStorage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  } as Storage;
});

describe('a draft', () => {
  it('begins with what is given', () => expect(opened('remap')[0]).toBe('nothing yet'));

  it('is there again after a reload, until it is dropped', () => {
    const [, keep] = opened('remap');
    keep('half a sentence');
    const [text, , drop] = opened('remap');
    expect(text).toBe('half a sentence');
    expect(opened('another')[0]).toBe('nothing yet');
    drop();
    expect(opened('remap')[0]).toBe('nothing yet');
  });
});
