import type { FaceModule } from '../../ui/face.ts'

export const accounts: FaceModule = {
  routes: [
    { path: '/sign-in', component: () => import('./pages/SignIn.vue'), meta: { title: 'accounts.sign_in', open: true } },
    { path: '/settings', component: () => import('./pages/Settings.vue'), meta: { title: 'settings.title' } },
    { path: '/accounts', component: () => import('./pages/Accounts.vue'), meta: { title: 'accounts.title' } },
    { path: '/audit', component: () => import('./pages/Audit.vue'), meta: { title: 'audit.title' } },
  ],
  links: [
    { to: '/accounts', text: 'accounts.title', icon: 'people', permission: 'account.read' },
    { to: '/audit', text: 'audit.title', icon: 'shield', permission: 'audit.read' },
  ],
}
