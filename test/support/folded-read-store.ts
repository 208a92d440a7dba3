import { type Find, type Found, type ReadModel, ReadStore } from '../../src/application/ports/read-store.js';
import { matching, naiveFind } from '../contract/read-store/naive-store.js';

const REFUSED = 'This store is folded once and asked; nothing is written to it.';

/** Documents that somebody has folded already, asked as plainly as the port can be: for laws about what reads them. */
export class FoldedReadStore extends ReadStore {
  private documents: ReadonlyMap<string, ReadonlyMap<string, object>> = new Map();

  /** @param documents by the read model's name; whatever was held before is gone */
  hold(documents: ReadonlyMap<string, ReadonlyMap<string, object>>): void {
    this.documents = documents;
  }

  get<D extends object>(model: ReadModel<D>, key: string): Promise<D | null> {
    return Promise.resolve(this.of(model).get(key) ?? null);
  }

  getMany<D extends object>(model: ReadModel<D>, keys: readonly string[]): Promise<Map<string, D>> {
    const all = this.of(model);
    return Promise.resolve(
      new Map(
        keys.flatMap((key) => {
          const document = all.get(key);
          return document ? [[key, document] as const] : [];
        }),
      ),
    );
  }

  find<D extends object>(model: ReadModel<D>, find: Find): Promise<Found<D>[]> {
    return Promise.resolve(naiveFind(model, this.of(model), find));
  }

  count<D extends object>(
    model: ReadModel<D>,
    where: Pick<Find, 'index' | 'equals' | 'range'>,
  ): Promise<number> {
    return Promise.resolve(matching(model, this.of(model), where).length);
  }

  scan(): Promise<never> {
    return Promise.reject(new Error(REFUSED));
  }
  prepare(): Promise<void> {
    return Promise.resolve();
  }
  checkpoint(): Promise<bigint | null> {
    return Promise.resolve(null);
  }
  commit(): Promise<never> {
    return Promise.reject(new Error(REFUSED));
  }
  load(): Promise<never> {
    return Promise.reject(new Error(REFUSED));
  }
  beginRebuild(): Promise<never> {
    return Promise.reject(new Error(REFUSED));
  }
  switchRebuild(): Promise<never> {
    return Promise.reject(new Error(REFUSED));
  }
  onCommitted(): () => void {
    return () => undefined;
  }
  ping(): Promise<void> {
    return Promise.resolve();
  }
  close(): Promise<void> {
    return Promise.resolve();
  }

  private of<D extends object>(model: ReadModel<D>): ReadonlyMap<string, D> {
    return (this.documents.get(model.name) ?? new Map()) as ReadonlyMap<string, D>;
  }
}
