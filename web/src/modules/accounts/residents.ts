import type { FaceModule } from '../../ui/face.ts'

export const accounts: FaceModule = {
  routes: [
    { path: '/sign-in', component: () => import('./pages/ResidentSignIn.vue'), meta: { title: 'accounts.sign_in' } },
    { path: '/settings', component: () => import('./pages/Settings.vue'), props: { residents: true }, meta: { title: 'settings.title' } },
  ],
}
