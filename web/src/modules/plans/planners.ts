import type { FaceModule } from '../../ui/face.ts'

export const plans: FaceModule = {
  routes: [
    { path: '/', component: () => import('./pages/Cockpit.vue'), meta: { title: 'plans.cockpit' } },
    { path: '/plan/:plan?', component: () => import('./pages/PlanTable.vue'), meta: { title: 'plans.table' } },
    // The key is in the query: it holds dots, and the last part of a path with a dot is a file's name.
    { path: '/plan/:plan/indicator', component: () => import('./pages/IndicatorPage.vue'), meta: { title: 'plans.indicator' } },
    { path: '/compare', component: () => import('./pages/Compare.vue'), meta: { title: 'plans.compare' } },
  ],
  links: [
    { to: '/', text: 'plans.cockpit', icon: 'chart', permission: 'figure.read' },
    { to: '/plan', text: 'plans.table', icon: 'table', permission: 'figure.read' },
    { to: '/compare', text: 'plans.compare', icon: 'people', permission: 'figure.read' },
  ],
}
