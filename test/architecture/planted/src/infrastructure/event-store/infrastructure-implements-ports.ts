import '../../application/commands/use-case.js';
