import '../../src/application/commands/use-case.js';
