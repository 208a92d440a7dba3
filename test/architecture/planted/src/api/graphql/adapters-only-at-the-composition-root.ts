import '../../infrastructure/event-store/store.js';
