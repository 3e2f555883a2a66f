import type { FaceModule } from '../../ui/face.ts'

export const circles: FaceModule = {
  routes: [{ path: '/gaps', component: () => import('./pages/Gaps.vue'), meta: { title: 'gaps.title' } }],
  links: [{ to: '/gaps', text: 'gaps.title', icon: 'walk', permission: 'register.household.read' }],
}
