import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import importX from 'eslint-plugin-import-x';
import { configs as lit } from 'eslint-plugin-lit';
import { configs as wc } from 'eslint-plugin-wc';
import litA11y from 'eslint-plugin-lit-a11y';
import { avoidedGlobals } from './browser-globals.js';

/** A folder of src may import only from the folders before it (docs/architecture.md). */
const flow = [
  {
    target: './src/partner-api',
    from: ['./src/authorization', './src/session', './src/element', './src/service'],
  },
  { target: './src/authorization', from: ['./src/session', './src/element', './src/service'] },
  { target: './src/session', from: ['./src/element', './src/service'] },
  { target: './src/element', from: ['./src/service'] },
  { target: './src/element/view', from: ['./src/element/controllers'] },
  {
    target: './src/element/i18n',
    from: ['./src/element/view', './src/element/controllers', './src/session'],
  },
  { target: './src/service', from: ['./src/authorization', './src/session', './src/element'] },
  { target: './src', from: ['./demo', './test'] },
  { target: './demo', from: ['./src'], except: ['./index.ts', './define.ts', './service'] },
  { target: './demo/sandbox', from: ['./src'] },
];

export default defineConfig(
  { ignores: ['dist/', 'screenshots/', '.cache/'] },
  tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver': { typescript: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'import-x/no-default-export': 'error',
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones: flow }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
        { selector: 'TSModuleDeclaration[kind="namespace"]', message: 'Use a module.' },
        { selector: 'TSParameterProperty', message: 'Declare the field and assign it in the constructor.' },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    extends: [lit['flat/recommended'], wc['flat/recommended']],
    plugins: { 'lit-a11y': litA11y },
    // texts are set by `.textContent`, which the rule does not see; the axe tests check the rendered names
    rules: { ...litA11y.configs.recommended.rules, 'lit-a11y/accessible-name': 'off' },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/service/node.ts', 'src/build/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^node:', message: 'Only src/service/node.ts may import Node modules.' }] },
      ],
    },
  },
  // globals that a page may have replaced; the service runs on a server, the stubs in tests
  {
    files: ['src/**/*.ts'],
    ignores: ['src/service/**', 'src/testing.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...avoidedGlobals
          .filter(({ object }) => object)
          .map(({ object, property, why }) => ({ object, property, message: why })),
      ],
      'no-restricted-globals': [
        'error',
        ...avoidedGlobals
          .filter(({ object }) => !object)
          .map(({ property, why }) => ({ name: property, message: why })),
      ],
    },
  },
  // the typed addEventListener needs an interface beside the class
  {
    files: ['src/element/chekt-connect-element.ts'],
    rules: { '@typescript-eslint/no-unsafe-declaration-merging': 'off' },
  },
  { files: ['**/*.config.ts', '*.config.js'], rules: { 'import-x/no-default-export': 'off' } },
);
