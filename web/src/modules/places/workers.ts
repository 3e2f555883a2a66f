import type { FaceModule } from '../../ui/face.ts'

export const places: FaceModule = {
  routes: [
    { path: '/places/:code?', component: () => import('./pages/Places.vue'), meta: { title: 'places.title' } },
    { path: '/map', component: () => import('./pages/TakeMap.vue'), meta: { title: 'places.take.title' } },
  ],
  links: [
    { to: '/places', text: 'places.title', icon: 'tree' },
    { to: '/map', text: 'places.take.title', icon: 'map' },
  ],
}
