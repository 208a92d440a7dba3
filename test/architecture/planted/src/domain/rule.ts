import 'temporal-polyfill';

export const rule = 'a rule';
