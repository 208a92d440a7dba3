import '../../api/graphql/resolver.js';
