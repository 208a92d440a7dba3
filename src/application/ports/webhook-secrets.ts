/** The secrets that deliveries are signed with. None of them is stored: each follows from the webhook and one key. */
export abstract class WebhookSecrets {
  /** Names the key that secrets follow from; says nothing about it. */
  abstract readonly keyId: string;
  /**
   * As Standard Webhooks writes it: `whsec_` and base64. Always the same for the same webhook and name.
   *
   * @param secretId absent: the one that the webhook was made with
   */
  abstract secretOf(orgId: string, webhookId: string, secretId?: string): string;
}
