import './api/graphql/resolver.js';
import './application/ports/port.js';
import './infrastructure/event-store/store.js';
import '../projections/history/history.projection.js';
