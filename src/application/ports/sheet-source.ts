/** Sheets published on the web, e.g. by Google Sheets. */
export abstract class SheetSource {
  /**
   * The bytes of a published sheet.
   *
   * @throws DomainError INVALID_INPUT at `url` for an address that is not public, not https, or does not answer with a sheet
   */
  abstract fetch(url: string): AsyncIterable<Uint8Array>;
}
