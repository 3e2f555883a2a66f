import type { FaceModule } from '../../ui/face.ts'

export const rounds: FaceModule = {
  routes: [
    { path: '/mobile', component: () => import('./pages/Coming.vue'), meta: { title: 'mobile.title' } },
    { path: '/mobile/:id', component: () => import('./pages/Timetable.vue'), meta: { title: 'timetable.title' } },
  ],
}
