import type { FaceModule } from '../../ui/face.ts'

export const cases: FaceModule = {
  routes: [
    { path: '/report', component: () => import('./pages/Report.vue'), meta: { title: 'report.title' } },
    { path: '/requests', component: () => import('./pages/MyRequests.vue'), meta: { title: 'requests.title' } },
    { path: '/track', component: () => import('./pages/Track.vue'), meta: { title: 'requests.track' } },
    { path: '/requests/:id', component: () => import('./pages/MyRequest.vue'), meta: { title: 'requests.one', asks: true } },
  ],
}
