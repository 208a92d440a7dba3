import { describe, expect, it } from '@jest/globals';
import { UnsupportedServerError } from './eventstoredb-errors.js';
import { assertSupported } from './server-version.js';

describe('the version of the server', () => {
  it.each(['21.10.0.0', '21.10.11', '22.0.1', '24.2.0.0', '25.1.0-prerelease', 'unknown', ''])(
    'may be %s',
    (version) => expect(() => assertSupported(version)).not.toThrow(),
  );

  it.each(['21.6.0.0', '20.10.5', '5.0.11.0'])('may not be %s', (version) =>
    expect(() => assertSupported(version)).toThrow(UnsupportedServerError),
  );
});
