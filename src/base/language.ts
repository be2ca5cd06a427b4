export type Language = 'javascript' | 'typescript' | 'python';
