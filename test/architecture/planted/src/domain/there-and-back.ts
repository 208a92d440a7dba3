import './no-cycles.js';

export const back = 'and there';
