/**
 * Results of subscriptions as JSON, made once for all who asked the same about the same event. A source that hands the
 * same object to several subscribers thereby says that it shows all of them the same.
 */
export class SharedResults {
  private readonly results = new WeakMap<object, Map<string, Promise<Buffer>>>();

  /** @param question says what is asked, whoever asks: see `questionOf` */
  of(event: object, question: string, answer: () => Promise<unknown>): Promise<Buffer> {
    const ofEvent = this.results.get(event) ?? new Map<string, Promise<Buffer>>();
    this.results.set(event, ofEvent);
    let result = ofEvent.get(question);
    if (!result) ofEvent.set(question, (result = json(answer)));
    return result;
  }
}

const json = async (answer: () => Promise<unknown>): Promise<Buffer> =>
  Buffer.from(JSON.stringify(await answer()));
