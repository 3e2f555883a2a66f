import type { FaceModule } from '../../ui/face.ts'

export const siting: FaceModule = {
  routes: [
    { path: '/siting', component: () => import('./pages/Questions.vue'), meta: { title: 'siting.title' } },
    { path: '/siting/:id', component: () => import('./pages/Answer.vue'), meta: { title: 'siting.answer' } },
  ],
  links: [{ to: '/siting', text: 'siting.title', icon: 'place', permission: 'siting.ask' }],
}
