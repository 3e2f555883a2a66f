import { startOutbox } from '../../core/outbox.ts'
import { start } from '../start.ts'

import { modules } from './modules.ts'
import Residents from './Residents.vue'

void start({
  key: 'r',
  open: true,
  root: Residents,
  modules,
  texts: [
    { zh: () => import('../../texts/common.zh.json'), en: () => import('../../texts/common.en.json') },
    { zh: () => import('../../texts/residents.zh.json'), en: () => import('../../texts/residents.en.json') },
  ],
}).then(startOutbox)
