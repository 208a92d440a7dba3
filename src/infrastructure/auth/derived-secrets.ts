import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { WebhookSecrets } from '../../application/ports/webhook-secrets.js';
import { openKeyFile } from './key-file.js';

const KEY_BYTES = 32;
const SECRET_BYTES = 32;
const FORM = /^[A-Za-z0-9_-]{43}$/;

/** Secrets derived (HKDF, RFC 5869) from a key of the installation, which all its processes share. */
export class DerivedSecrets extends WebhookSecrets {
  readonly keyId: string;

  constructor(private readonly key: Buffer) {
    super();
    this.keyId = createHash('sha256').update('webhook-secrets').update(key).digest('base64url');
  }

  /** Rejects when `<dataDir>/keys/webhook-secrets.key` cannot be read or made, or holds no key. */
  static async open(dataDir: string): Promise<DerivedSecrets> {
    const make = () => randomBytes(KEY_BYTES).toString('base64url');
    const { file, text } = await openKeyFile(dataDir, 'webhook-secrets.key', make);
    if (!FORM.test(text.trim()))
      throw new Error(`${file} holds no key. Restore it from a backup, or move it away for a new one.`);
    return new DerivedSecrets(Buffer.from(text.trim(), 'base64url'));
  }

  secretOf(orgId: string, webhookId: string, secretId?: string): string {
    const name = ['webhook', orgId, webhookId];
    const info = JSON.stringify(secretId === undefined ? name : [...name, secretId]);
    const secret = Buffer.from(hkdfSync('sha256', this.key, '', info, SECRET_BYTES));
    return `whsec_${secret.toString('base64')}`;
  }
}
