interface Turn<T> {
  readonly reading: Promise<T>;
  next?: Promise<T>;
}

/**
 * One reading for all who ask for the same at the same time. Nobody is given a reading that began before they asked, so
 * an answer is never older than its question: who comes while one is under way shares the next.
 */
export class SharedReading<T> {
  private readonly turns = new Map<string, Turn<T>>();

  constructor(private readonly read: (key: string) => Promise<T>) {}

  /** Rejects with what reading rejects with. */
  of(key: string): Promise<T> {
    const turn = this.turns.get(key);
    if (!turn) return this.begin(key);
    const again = (): Promise<T> => this.begin(key);
    return (turn.next ??= turn.reading.then(again, again));
  }

  private begin(key: string): Promise<T> {
    const turn: Turn<T> = { reading: this.read(key) };
    this.turns.set(key, turn);
    const ended = (): void => {
      if (!turn.next) this.turns.delete(key);
    };
    turn.reading.then(ended, ended);
    return turn.reading;
  }
}
