import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

import { texts } from './tools/texts.ts'

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: texts },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'src/**/*.spec.ts', 'tools/**/*.test.ts'],
    setupFiles: ['src/test-setup.ts'],
  },
})
