import '../../application/commands/use-case.js';

export const resolver = 'a resolver';
