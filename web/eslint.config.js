// Direction: core <- ui, map <- modules <- app; a module sees a sibling only through its index.ts.
import vue from 'eslint-plugin-vue'
import typescript from 'typescript-eslint'

const above = (folders, message) => ({
  patterns: folders.map((folder) => ({ regex: `(^|/)${folder}/`, message })),
})

const upward = { regex: '(^|/)app/', message: 'Modules do not know the faces: the face lists its modules.' }
const sibling = (steps) => ({
  regex: `^${steps}(?!\\.\\./)[^/]+/(?!index\\.ts$)`,
  message: 'A sibling module is reached only through its index.ts.',
})

export default typescript.config(
  { ignores: ['dist', 'node_modules', 'src/core/api-types.ts'] },
  ...typescript.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: typescript.parser } },
  },
  {
    files: ['**/*.{ts,vue}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-dynamic-delete': 'off',
      'no-undef': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/define-macros-order': 'error',
      'vue/no-reserved-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/require-default-prop': 'off',
      'vue/attributes-order': 'off',
    },
  },
  {
    files: ['src/core/**'],
    rules: {
      'no-restricted-imports': ['error', above(['ui', 'map', 'modules', 'app'], 'core is the lowest layer: it imports nothing of ours.')],
    },
  },
  {
    files: ['src/ui/**', 'src/map/**'],
    rules: {
      'no-restricted-imports': ['error', above(['modules', 'app'], 'ui and map know no domain: pass what is needed as props.')],
    },
  },
  {
    files: ['src/modules/*/*.{ts,vue}'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [upward, sibling('\\.\\./')] }],
    },
  },
  {
    files: ['src/modules/*/*/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [upward, sibling('\\.\\./\\.\\./')] }],
    },
  },
)
