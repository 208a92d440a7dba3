export const store = 'a concrete store';
