import type { FaceModule } from '../../ui/face.ts'

export const notices: FaceModule = {
  routes: [
    { path: '/notices', component: () => import('./pages/Notices.vue'), props: { pages: { 'notice.case.': (id: string) => `/cases/${id}` } }, meta: { title: 'notices.title' } },
    { path: '/web-hooks', component: () => import('./pages/WebHooks.vue'), meta: { title: 'hooks.title' } },
  ],
  links: [
    { to: '/notices', text: 'notices.title', icon: 'bell' },
    { to: '/web-hooks', text: 'hooks.title', icon: 'send', permission: 'web_hook.write' },
  ],
}
