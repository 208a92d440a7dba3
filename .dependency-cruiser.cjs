/**
 * Which folder may know which. Rules name folders, never file names: a renamed file cannot slip out of them.
 * `test/architecture.spec.ts` plants a violation of every rule and sees it reported.
 */
const path = require('node:path');

const SPEC = '[.](spec|int-spec|e2e-spec)[.]ts$';
/** The places that put the parts together and so may know all of them. */
const COMPOSITION = ['^src/(composition|cli)/', '^src/(main|app[.]module)[.]ts$', '^(test|bench)/', SPEC];
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})/`;

module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment:
        'The rules of the business depend on nothing that changes for other reasons: only calendar arithmetic.',
      severity: 'error',
      from: { path: '^src/domain/', pathNot: SPEC },
      to: { pathNot: ['^src/domain/', npm('temporal-polyfill')] },
    },
    {
      name: 'application-knows-no-adapter',
      comment:
        'Use cases speak to ports. What stands behind a port, and who calls, can be changed without them.',
      severity: 'error',
      from: { path: '^src/application/', pathNot: SPEC },
      to: { path: ['^src/(api|cli|composition|infrastructure)/', '^src/[^/]+$', '^projections/'] },
    },
    {
      name: 'application-knows-no-transport-or-store',
      comment:
        'A library for the wire or for storage in a use case ties it to one adapter as an import of it would.',
      severity: 'error',
      from: { path: '^src/application/', pathNot: SPEC },
      to: {
        path: npm(
          ...[
            '@nestjs/(graphql|apollo|platform-[^/]+)',
            '@apollo/[^/]+',
            '@as-integrations/[^/]+',
            'graphql',
            'graphql-ws',
          ],
          ...[
            'fastify',
            '@fastify/[^/]+',
            'ws',
            'libsql',
            'mongoose',
            'mongodb',
            '@eventstore/[^/]+',
            'nodemailer',
          ],
        ),
      },
    },
    {
      name: 'adapters-only-at-the-composition-root',
      comment:
        'Whoever names a concrete store cannot be run on the other one. Only the composition root does.',
      severity: 'error',
      from: { pathNot: ['^src/infrastructure/', ...COMPOSITION] },
      to: { path: '^src/infrastructure/' },
    },
    {
      name: 'infrastructure-implements-ports',
      comment:
        'An adapter knows the port, the principal and the read models it carries; a use case in it would be a second home for rules.',
      severity: 'error',
      from: { path: '^src/infrastructure/', pathNot: SPEC },
      to: {
        path: ['^src/(application|api|cli|composition)/', '^src/[^/]+$', '^projections/'],
        pathNot: ['^src/application/(ports|read-models)/', '^src/application/principal[.]ts$'],
      },
    },
    {
      name: 'edge-is-not-imported',
      comment: 'api and cli translate for callers; what they hold that others need belongs to application.',
      severity: 'error',
      from: { pathNot: ['^src/(api|cli)/', ...COMPOSITION] },
      to: { path: '^src/(api|cli|composition)/' },
    },
    {
      name: 'api-reads-through-application',
      comment:
        'A resolver that reaches past the queries to a projection answers without authorization or `atLeast`.',
      severity: 'error',
      from: { path: '^src/api/', pathNot: SPEC },
      to: { path: ['^projections/', '^src/(cli|composition)/', '^src/[^/]+$'] },
    },
    {
      name: 'projections-are-pure',
      comment:
        'A read model is a function of the log: it knows events, read-model types and other such functions, no I/O.',
      severity: 'error',
      from: { path: '^projections/', pathNot: ['^projections/runtime/', SPEC] },
      to: {
        pathNot: [
          '^projections/(?!runtime/)',
          '^projections/runtime/projection[.]ts$',
          '^src/domain/',
          '^src/application/read-models/',
          '^src/application/ports/read-store[.]ts$',
        ],
      },
    },
    {
      name: 'projection-runtime-knows-ports',
      comment: 'What carries events to read models works for every store and every read model alike.',
      severity: 'error',
      from: { path: '^projections/runtime/', pathNot: SPEC },
      to: {
        path: ['^src/', '^projections/(?!runtime/)'],
        pathNot: ['^src/domain/', '^src/application/(ports|read-models)/'],
      },
    },
    {
      name: 'product-needs-no-tests',
      comment: 'The product is installed without its tests, benchmarks and scripts.',
      severity: 'error',
      from: { path: '^(src|projections)/', pathNot: SPEC },
      to: { path: ['^(test|bench|scripts)/', SPEC] },
    },
    {
      name: 'product-needs-no-dev-dependency',
      comment: 'Development dependencies are absent where the product runs.',
      severity: 'error',
      from: { path: '^(src|projections)/', pathNot: SPEC },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      comment:
        'Modules in a circle can be neither understood nor loaded one by one; under ESM a decorated circle crashes.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nothing imports and that imports nothing is forgotten.',
      severity: 'error',
      from: {
        path: '^(src|projections)/',
        orphan: true,
        pathNot: [SPEC, '^src/(main|app[.]module)[.]ts$', '[.]d[.]ts$'],
      },
      to: {},
    },
    {
      name: 'imports-resolve',
      comment: 'What does not resolve here fails at the first start elsewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^(dist|test/architecture/planted)/' },
    // Types count: a type from the wrong folder ties two parts together just as code does.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: path.join(__dirname, 'tsconfig.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
