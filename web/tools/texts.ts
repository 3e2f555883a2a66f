// `useI18n` of vue-i18n is our own (docs/decisions/0081): twenty lines instead of a compiler of messages.
import { fileURLToPath } from 'node:url'

export const texts = { 'vue-i18n': fileURLToPath(new URL('../src/core/i18n.ts', import.meta.url)) }
