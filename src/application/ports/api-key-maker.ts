/** A new API key: `key` is shown once and kept nowhere, `hash` is its SHA-256, hex. */
export interface NewApiKey {
  readonly keyId: string;
  readonly key: string;
  readonly hash: string;
}

export abstract class ApiKeyMaker {
  abstract make(orgId: string): NewApiKey;
}
