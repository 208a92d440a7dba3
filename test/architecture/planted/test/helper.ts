import '../src/domain/rule.js';

export const helper = 'a helper of the tests';
