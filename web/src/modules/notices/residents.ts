import type { FaceModule } from '../../ui/face.ts'

export const notices: FaceModule = {
  routes: [{ path: '/notices', component: () => import('./pages/Notices.vue'), meta: { title: 'notices.title' } }],
}
