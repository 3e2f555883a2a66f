import type { FaceModule } from '../../ui/face.ts'

export const places: FaceModule = {
  routes: [{ path: '/place', component: () => import('./pages/ChoosePlace.vue'), meta: { title: 'places.where_you_live' } }],
}
