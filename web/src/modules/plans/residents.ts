import type { FaceModule } from '../../ui/face.ts'

export const plans: FaceModule = {
  routes: [{ path: '/plan', component: () => import('./pages/PublicPlans.vue'), meta: { title: 'public_plan.title' } }],
}
