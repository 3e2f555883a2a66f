import type { FaceModule } from '../../ui/face.ts'

const pages = { 'notice.plan.task': '/tasks/:id', 'notice.plan.value': '/value-requests/:id', 'notice.plan.light': '/' }

export const notices: FaceModule = {
  routes: [{ path: '/notices', component: () => import('./pages/Notices.vue'), props: { pages }, meta: { title: 'notices.title' } }],
  links: [{ to: '/notices', text: 'notices.title', icon: 'bell' }],
}
