import { textScalar } from './text-scalar.js';

export const SlaDurationScalar = textScalar({
  name: 'SlaDuration',
  description:
    'A length of promised time: `30m`, `8h`, `1h 30m`, `5d`, `1 business day`, `PT4H`; answered as it was written. Minutes ' +
    "and hours count covered time; a day counts as the coverage's own day length. `N/A`: not promised.",
  example: '8h',
  pattern: /\S/,
});
