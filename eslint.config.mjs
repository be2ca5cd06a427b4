import tseslint from 'typescript-eslint';

/** Who may import whom: docs/architecture.md says why. Everything may import `base`. */
const allowed = {
  base: [],
  source: ['source'],
  rewrite: ['rewrite', 'source'],
  protocol: ['protocol'],
  profile: ['profile', 'protocol'],
  session: ['session', 'protocol', 'profile', 'source', 'rewrite'],
  runner: ['runner', 'protocol'],
  webview: ['webview', 'protocol', 'profile'],
  cli: ['cli', 'rewrite', 'source', 'protocol', 'profile', 'session'],
  host: ['host', 'rewrite', 'source', 'protocol', 'profile', 'session'],
};
const ideas = Object.keys(allowed);
const pure = ['base', 'source', 'rewrite', 'protocol', 'profile'];

const importRules = ideas.map((idea) => {
  const banned = ideas.filter((other) => other !== 'base' && other !== idea && !allowed[idea].includes(other));
  const patterns = [
    { group: banned.flatMap((other) => [`**/${other}/**`, `../${other}`]), message: `${idea} must not import this.` },
  ];
  if (idea !== 'host') patterns.push({ group: ['vscode'], message: 'Only host knows VS Code.' });
  if (pure.includes(idea) || idea === 'webview') {
    patterns.push({ group: ['node:*', 'fs', 'path', 'child_process', 'worker_threads', 'os'], message: `${idea} runs anywhere.` });
  }
  return {
    files: [`src/${idea}/**/*.{ts,tsx}`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  };
});

export default tseslint.config(
  { ignores: ['dist/**', 'out/**', '.vscode-test/**', 'node_modules/**', 'test/fixtures/**', 'examples/**', 'bench/fixtures/**'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  ...importRules,
);
