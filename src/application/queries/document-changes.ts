import type { ReadStore } from '../ports/read-store.js';

/** Most documents whose last change is remembered one by one. */
const MOST = 50_000;

/**
 * Whether documents are still what they were, told from the commits to the read store. Whoever keeps something made of
 * documents takes a mark before reading the first of them: a change that comes while they read counts as one after.
 */
export class DocumentChanges {
  private commits = 0;
  /** Of changes up to this commit it is not known any longer what they changed. */
  private forgotten = 0;
  private readonly changed = new Map<string, number>();

  /** @param placesIn of the models that matter: the place of a document, several of which may share one */
  constructor(store: ReadStore, placesIn: Readonly<Record<string, (key: string) => string>>) {
    store.onCommitted(({ model, keys }) => {
      const placeOf = placesIn[model];
      if (!placeOf && model !== '*') return;
      this.commits++;
      if (!placeOf || keys.includes('*')) return this.forget();
      for (const key of keys) this.changed.set(placeOf(key), this.commits);
      if (this.changed.size > MOST) this.forget();
    });
  }

  get mark(): number {
    return this.commits;
  }

  /** True when nothing at these places has changed since the mark. */
  unchangedSince(mark: number, places: readonly string[]): boolean {
    if (mark === this.commits) return true;
    return mark >= this.forgotten && places.every((place) => (this.changed.get(place) ?? 0) <= mark);
  }

  private forget(): void {
    this.changed.clear();
    this.forgotten = this.commits;
  }
}
