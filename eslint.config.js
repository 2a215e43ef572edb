import litPlugin from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import {configs as wc} from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

const sinks = ['innerHTML', 'outerHTML', 'srcdoc'].map((name) => ({
  selector: `MemberExpression[property.name='${name}'], MemberExpression[property.value='${name}']`,
  message: `${name} is an HTML sink: build text nodes and known elements instead.`,
}));

export default tseslint.config(
  {ignores: ['dist/', 'docs-dist/', 'examples/*/', '!examples/server/', 'test/types/', '**/*.mjs', '**/*.js', '**/*.cjs', 'node_modules/', 'coverage/', 'test-results/']},
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {parserOptions: {project: './tsconfig.json', tsconfigRootDir: import.meta.dirname}},
    linterOptions: {reportUnusedDisableDirectives: 'error'},
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', {fixStyle: 'inline-type-imports'}],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
      '@typescript-eslint/restrict-template-expressions': ['error', {allowNumber: true}],
      '@typescript-eslint/no-confusing-void-expression': ['error', {ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true}],
      '@typescript-eslint/unbound-method': 'off', // Lit binds listeners in templates.
      '@typescript-eslint/no-unnecessary-condition': ['error', {allowConstantLoopConditions: true}],
      'no-restricted-syntax': ['error', {selector: 'TSEnumDeclaration', message: 'Use a union or a const object.'}],
      'max-lines': ['error', {max: 300}],
      eqeqeq: ['error', 'always', {null: 'ignore'}],
    },
  },
  {
    files: ['src/**/*.ts'],
    extends: [litPlugin.configs['flat/recommended'], wc['flat/recommended'], litA11y.configs.recommended],
    rules: {
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-implied-eval': 'error',
      'no-restricted-syntax': [
        'error',
        ...sinks,
        {selector: 'TSEnumDeclaration', message: 'Use a union or a const object.'},
        {selector: "CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTML|setHTMLUnsafe|parseFromString|createContextualFragment|write|writeln)$/]", message: 'An HTML sink: build text nodes and known elements instead.'},
      ],
      'no-restricted-imports': ['error', {paths: ['lit/directives/unsafe-html.js', 'lit/directives/unsafe-svg.js', 'lit/directives/unsafe-mathml.js', 'lit/static-html.js']}],
      'wc/guard-super-call': 'off', // LitElement always has the lifecycle methods.
    },
  },
  {
    // A catalogue is one list, and is looked up, not read.
    files: ['src/i18n/??.ts'],
    rules: {'max-lines': 'off'},
  },
  {
    // An element merges with ConnectionProperties, the interface of the properties that Lit makes from connectionProperties.
    files: ['src/elements/**/*.ts', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-declaration-merging': 'off',
      '@typescript-eslint/no-empty-object-type': ['error', {allowInterfaces: 'with-single-extends'}],
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      // Elements found in a page are of their tag's class, which a query cannot know.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/require-await': 'off', // Stand-ins keep the promised shape of what they stand for.
    },
  },
);
