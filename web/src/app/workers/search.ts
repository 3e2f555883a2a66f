import type { FaceModule } from '../../ui/face.ts'

// One question to cases, registers and places together.
export const search: FaceModule = {
  routes: [{ path: '/search', component: () => import('./Search.vue'), meta: { title: 'search.title' } }],
  links: [{ to: '/search', text: 'search.title', icon: 'search' }],
}
