import type { FaceModule } from '../../ui/face.ts'

export const circles: FaceModule = {
  routes: [{ path: '/circle', component: () => import('./pages/Guide.vue'), meta: { title: 'guide.title' } }],
}
