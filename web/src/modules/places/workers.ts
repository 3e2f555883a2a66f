import type { FaceModule } from '../../ui/face.ts'

export const places: FaceModule = {
  routes: [{ path: '/places/:code?', component: () => import('./pages/Places.vue'), meta: { title: 'places.title' } }],
  links: [{ to: '/places', text: 'places.title', icon: 'tree' }],
}
