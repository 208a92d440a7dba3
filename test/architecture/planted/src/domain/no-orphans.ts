export const orphan = 'nobody knows it';
