import tseslint from 'typescript-eslint';

const SPECS = ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts'];

/** What the compiler does not see and no house has a use for. */
const MISTAKES = Object.fromEntries(
  [
    'no-async-promise-executor',
    'no-cond-assign',
    'no-constant-binary-expression',
    'no-control-regex',
    'no-debugger',
    'no-dupe-else-if',
    'no-duplicate-case',
    'no-empty',
    'no-empty-character-class',
    'no-irregular-whitespace',
    'no-loss-of-precision',
    'no-misleading-character-class',
    'no-regex-spaces',
    'no-self-assign',
    'no-self-compare',
    'no-sparse-arrays',
    'no-template-curly-in-string',
    'no-unsafe-finally',
    'no-unsafe-optional-chaining',
    'no-unused-labels',
    'no-useless-assignment',
    'no-useless-catch',
    'no-useless-escape',
    'no-var',
    'prefer-const',
    'prefer-object-has-own',
    'preserve-caught-error',
    'require-yield',
    'use-isnan',
    'valid-typeof',
  ].map((rule) => [rule, 'error']),
);

const STYLE = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Export by name: a name is found by search and renamed in one step.',
  },
  {
    selector: 'FunctionDeclaration[generator=false]',
    message: 'Write a const with an arrow function.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(on|once|addListener|prependListener)$/] > :matches(ArrowFunctionExpression, FunctionExpression)[async=true]',
    message: 'An emitter does not wait: async listeners overlap and their errors are lost. Use `for await`.',
  },
  {
    selector:
      'CallExpression[callee.property.name="catch"] > ArrowFunctionExpression:matches([body.type="BlockStatement"][body.body.length=0], [body.type="Identifier"][body.name="undefined"], [body.type="Literal"])',
    message:
      'Handle the error, log it, or let it go up. Where it is rightly dropped, pass a function whose name says why.',
  },
];

const noGlobals = (why, ...names) => ['error', ...names.map((name) => ({ name, message: why }))];
const noHiddenInputs = (why) => [
  'error',
  { object: 'Math', property: 'random', message: why },
  { object: 'Temporal', property: 'Now', message: why },
];

const PURE = 'The same input gives the same answer: pass the time, the id, the setting in.';
const PORTS = 'Inject Clock or IdGenerator: they are the only sources of now and of new ids.';

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      'data/',
      'coverage/',
      '.cache/',
      'web/src/api/schema.d.ts',
      'web/vite.config.ts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, rules: MISTAKES },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['warn', { max: 300 }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...STYLE],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // `Instant | LocalDate` says more than `string`, which is all the compiler sees in it.
      '@typescript-eslint/no-duplicate-type-constituents': 'off',
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      // Many ports are async in one adapter and not in another.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        // A fold over all events says `default` for those that do not concern it; a closed one may not have any.
        { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['src/domain/**/*.ts', 'projections/**/*.ts'],
    ignores: [...SPECS, 'projections/runtime/**'],
    rules: {
      'no-restricted-globals': noGlobals(
        PURE,
        ...['Date', 'process', 'performance', 'crypto', 'fetch', 'globalThis'],
        ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
      ),
      'no-restricted-properties': noHiddenInputs(PURE),
    },
  },
  {
    files: ['src/application/**/*.ts'],
    ignores: SPECS,
    rules: {
      'no-restricted-globals': noGlobals(PORTS, 'Date', 'crypto'),
      'no-restricted-properties': noHiddenInputs(PORTS),
    },
  },
  { files: ['src/cli/**/*.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
  // A browser has no other log.
  { files: ['web/src/**'], rules: { 'no-console': ['error', { allow: ['warn'] }] } },
  {
    files: [...SPECS, 'test/**/*.ts'],
    rules: {
      // Matchers and hostile input are untyped by nature; `any` written out stays forbidden.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: SPECS,
    rules: {
      'no-restricted-imports': [
        'error',
        { name: 'node:timers/promises', message: 'A test waits for a condition, never for a time.' },
      ],
    },
  },
);
