import '../../src/api/graphql/resolver.js';
