import type { FaceModule } from '../../ui/face.ts'

import type { NoticePages } from './api.ts'

// The subject of a light is "PLAN:KEY".
const pages: NoticePages = {
  'notice.plan.task': (id) => `/tasks/${id}`,
  'notice.plan.value': (id) => `/value-requests/${id}`,
  'notice.plan.light': (id) => `/plan/${id.replace(':', '/indicator?key=')}`,
}

export const notices: FaceModule = {
  routes: [{ path: '/notices', component: () => import('./pages/Notices.vue'), props: { pages }, meta: { title: 'notices.title' } }],
  links: [{ to: '/notices', text: 'notices.title', icon: 'bell' }],
}
