const SECONDS = /^\d{1,10}$/;

/**
 * Milliseconds that an answer asks to wait (RFC 9110, 10.2.3: seconds, or a date); 0 when it asks for nothing, for what is
 * over, or for something else.
 *
 * @param now milliseconds since 1970
 */
export const waitAsked = (retryAfter: string | undefined, now: number): number => {
  const text = retryAfter?.trim() ?? '';
  if (SECONDS.test(text)) return Number(text) * 1_000;
  // Every form that a date may have there begins with the day of the week; the oldest does not say that it is GMT.
  const date = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text) ? text.replace(/ GMT$/, '') : '';
  const until = Date.parse(`${date} GMT`);
  return Number.isNaN(until) ? 0 : Math.max(0, until - now);
};
