import type { FaceModule } from '../../ui/face.ts'

export const accounts: FaceModule = {
  routes: [
    { path: '/sign-in', component: () => import('./pages/SignIn.vue'), meta: { title: 'accounts.sign_in', open: true } },
    { path: '/settings', component: () => import('./pages/Settings.vue'), meta: { title: 'settings.title' } },
  ],
}
