/**
 * What queries and commands answer, whoever asks: plain JSON under the names of the public contract. Instants are in
 * UTC; what is unknown or not promised is null, never left out, except within terms and content, which stay as approved.
 */
export type * from './views/audit.views.js';
export type * from './views/change.views.js';
export type * from './views/customer.views.js';
export type * from './views/import.views.js';
export type * from './views/payload.views.js';
export type * from './views/promise.views.js';
export type * from './views/webhook.views.js';
