/** One project per kind of test, so that the pure ones never wait for the ones with stores. */
const common = {
  rootDir: import.meta.dirname,
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // The web app's name for the rules it shares with the product.
    '^@domain/(.*)\\.js$': '<rootDir>/src/domain/$1',
  },
  transform: { '^.+\\.ts$': ['@swc/jest', { swcrc: true }] },
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/data', '<rootDir>/.cache'],
};

export default {
  maxWorkers: 2,
  // Tests wait for conditions; on a busy machine a condition may take its time.
  testTimeout: 60_000,
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/{src,projections,test,web/src}/**/*.spec.ts'] },
    {
      ...common,
      displayName: 'integration',
      testMatch: ['<rootDir>/{src,projections,test}/**/*.int-spec.ts'],
    },
    { ...common, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.e2e-spec.ts'] },
    { ...common, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.e2e-spec.ts'] },
  ],
};
