import './there-and-back.js';

export const there = 'and back';
