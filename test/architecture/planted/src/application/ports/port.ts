import '../../domain/rule.js';

export const port = 'a port';
