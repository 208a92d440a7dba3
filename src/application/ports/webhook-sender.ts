export interface Delivery {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a receiver answers. */
export interface Answer {
  readonly status: number;
  /** Milliseconds that it wants to be left alone; 0: it does not say. */
  readonly wait: number;
}

/** A delivery that nobody answered; the message says why, in words for whoever runs the receiver. */
export class DeliveryError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DeliveryError';
  }
}

/** Brings deliveries to receivers on the public internet, and to nobody else. */
export abstract class WebhookSender {
  /** @throws DomainError INVALID_INPUT at `url` when the host is not there or not on the public internet */
  abstract check(url: string): Promise<void>;
  /**
   * Bounded in time; redirects are not followed.
   *
   * @throws DeliveryError
   */
  abstract post(delivery: Delivery, signal: AbortSignal): Promise<Answer>;
}
