import type { FaceModule } from '../../ui/face.ts'

export const notices: FaceModule = {
  routes: [{ path: '/web-hooks', component: () => import('./pages/WebHooks.vue'), meta: { title: 'hooks.title' } }],
  links: [{ to: '/web-hooks', text: 'hooks.title', icon: 'send', permission: 'web_hook.write' }],
}
