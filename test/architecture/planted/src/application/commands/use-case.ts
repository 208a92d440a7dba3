import '../../domain/rule.js';

export const useCase = 'a use case';
