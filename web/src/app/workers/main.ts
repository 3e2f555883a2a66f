import { start } from '../start.ts'

import { modules } from './modules.ts'
import Workers from './Workers.vue'

void start({
  key: 'w',
  open: false,
  root: Workers,
  modules,
  texts: [
    { zh: () => import('../../texts/common.zh.json'), en: () => import('../../texts/common.en.json') },
    { zh: () => import('../../texts/workers.zh.json'), en: () => import('../../texts/workers.en.json') },
  ],
})
