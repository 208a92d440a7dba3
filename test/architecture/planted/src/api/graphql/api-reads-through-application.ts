import '../../../projections/history/history.projection.js';
