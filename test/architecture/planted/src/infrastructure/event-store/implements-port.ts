import '../../application/ports/port.js';
