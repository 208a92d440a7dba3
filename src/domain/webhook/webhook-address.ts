import { invalid } from '../shared/domain-error.js';

const MAX_URL = 2048;

/**
 * Where deliveries go. Whether the host is on the public internet is for whoever resolves its name to say.
 *
 * @throws DomainError INVALID_INPUT at `url`
 */
export const parseWebhookUrl = (text: string): string => {
  if (text.length > MAX_URL) throw refused(`The address is longer than ${MAX_URL} characters.`);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:') throw refused('The address has to begin with https://.');
  if (url.username !== '' || url.password !== '')
    throw refused('The address must not hold a name or password: deliveries are signed instead.');
  if (url.hash !== '')
    throw refused('The address must not hold a fragment (#…): it would never reach the receiver.');
  return url.href;
};

const refused = (message: string): Error => invalid(['url'], message);
