import { start } from '../start.ts'

import { modules } from './modules.ts'
import Planners from './Planners.vue'

void start({
  key: 'p',
  open: false,
  root: Planners,
  modules,
  texts: [
    { zh: () => import('../../texts/common.zh.json'), en: () => import('../../texts/common.en.json') },
    { zh: () => import('../../texts/planners.zh.json'), en: () => import('../../texts/planners.en.json') },
  ],
})
