import type { FaceModule } from '../../ui/face.ts'

export const circles: FaceModule = {
  routes: [{ path: '/circles', component: () => import('./pages/Workbench.vue'), meta: { title: 'circles.title' } }],
  links: [{ to: '/circles', text: 'circles.title', icon: 'walk', permission: 'figure.read' }],
}
