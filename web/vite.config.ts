import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

import { compress } from './tools/compress.ts'
import { faces } from './tools/faces.ts'

const server = process.env['LINLI_URL'] ?? 'http://127.0.0.1:8080'
const proxy = Object.fromEntries(['/api', '/open311', '/openapi.json'].map((path) => [path, server]))

export default defineConfig({
  appType: 'mpa',
  plugins: [vue(), faces(['r', 'w', 'p']), compress()],
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // Small files stay files: a strict content policy forbids data: scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200, // the map library, loaded late
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: { r: 'r/index.html', w: 'w/index.html', p: 'p/index.html' },
      output: {
        // What every page of every face needs comes in one file: few requests on a slow network.
        codeSplitting: { groups: [{ name: 'base', test: /node_modules.(vue|@vue|vue-router|idb)|src.(core|ui)./, minShareCount: 4 }] },
      },
    },
  },
  server: { proxy },
  preview: { proxy },
})
