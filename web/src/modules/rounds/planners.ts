import type { FaceModule } from '../../ui/face.ts'

export const rounds: FaceModule = {
  routes: [
    { path: '/rounds', component: () => import('./pages/Rounds.vue'), meta: { title: 'rounds.title' } },
    { path: '/rounds/published/:id', component: () => import('./pages/Timetable.vue'), meta: { title: 'timetable.title' } },
    { path: '/rounds/:id', component: () => import('./pages/RoundPlan.vue'), meta: { title: 'rounds.plan' } },
  ],
  links: [{ to: '/rounds', text: 'rounds.title', icon: 'clock', permission: 'round.write' }],
}
