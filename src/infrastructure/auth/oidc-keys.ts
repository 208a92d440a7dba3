import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { IdentityUnavailableError } from '../../application/ports/authenticator.js';
import { PROVIDER_TIMEOUT_MS, type OidcDiscovery } from './oidc-discovery.js';

type RemoteKeys = ReturnType<typeof createRemoteJWKSet>;

/** The published keys of an OpenID provider, found through its discovery document on first use. */
export class OidcKeys {
  private keys: Promise<RemoteKeys> | null = null;
  private cooldown: Promise<void> | null = null;

  /** @param cooldownMs least time between two questions to the provider, however many unknown keys are named */
  constructor(
    private readonly discovery: OidcDiscovery,
    private readonly cooldownMs = 1000,
  ) {}

  /**
   * The key that a token names. A key that is not known yet is asked for, so the provider may change its keys
   * at any time: the first token of a new key waits a second at worst.
   *
   * @throws IdentityUnavailableError; the errors of jose for what no key fits
   */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    const keys = await this.opened();
    const justAsked = keys.coolingDown;
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !justAsked) throw unavailable(error);
    }
    await this.cooledDown();
    try {
      return await keys(header, token);
    } catch (error) {
      throw unavailable(error);
    }
  };

  private opened(): Promise<RemoteKeys> {
    this.keys ??= this.discovered();
    return this.keys;
  }

  private async discovered(): Promise<RemoteKeys> {
    try {
      const { jwks_uri: uri } = await this.discovery.read();
      return createRemoteJWKSet(new URL(uri), {
        timeoutDuration: PROVIDER_TIMEOUT_MS,
        cooldownDuration: this.cooldownMs,
      });
    } catch (error) {
      // Those who wait learn of the failure; the next caller tries again.
      this.keys = null;
      throw error;
    }
  }

  private cooledDown(): Promise<void> {
    this.cooldown ??= new Promise((resolve) => {
      setTimeout(() => {
        this.cooldown = null;
        resolve();
      }, this.cooldownMs + 1).unref();
    });
    return this.cooldown;
  }
}

// jose speaks of a fitting key with these three; everything else means that the keys could not be had.
const unavailable = (error: unknown): unknown =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported
    ? error
    : new IdentityUnavailableError({ cause: error });
