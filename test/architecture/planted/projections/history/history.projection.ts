import '../../src/domain/rule.js';

export const projection = 'a projection';
