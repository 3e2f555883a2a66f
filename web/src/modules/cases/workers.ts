import type { FaceModule } from '../../ui/face.ts'

export const cases: FaceModule = {
  routes: [
    { path: '/', component: () => import('./pages/Queue.vue'), meta: { title: 'queue.title' } },
    { path: '/cases/:id', component: () => import('./pages/CasePage.vue'), meta: { title: 'case.title' } },
    { path: '/intake', component: () => import('./pages/Intake.vue'), meta: { title: 'intake.title' } },
  ],
  links: [
    { to: '/', text: 'queue.title', icon: 'list' },
    { to: '/intake', text: 'intake.title', icon: 'desk', permission: 'case.create' },
  ],
}
