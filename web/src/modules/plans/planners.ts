import type { FaceModule } from '../../ui/face.ts'

export const plans: FaceModule = {
  routes: [
    { path: '/', component: () => import('./pages/Cockpit.vue'), meta: { title: 'plans.cockpit' } },
    { path: '/plan/:plan?', component: () => import('./pages/PlanTable.vue'), meta: { title: 'plans.table' } },
    { path: '/map', component: () => import('./pages/MapOfFigures.vue'), meta: { title: 'plans.map' } },
    // The key is in the query: it holds dots, and the last part of a path with a dot is a file's name.
    { path: '/plan/:plan/indicator', component: () => import('./pages/IndicatorPage.vue'), meta: { title: 'plans.indicator' } },
    { path: '/plan/:plan/targets', component: () => import('./pages/HandDown.vue'), meta: { title: 'duties.hand_down' } },
    { path: '/tasks', component: () => import('./pages/Tasks.vue'), meta: { title: 'duties.tasks' } },
    { path: '/tasks/:id', component: () => import('./pages/TaskPage.vue'), meta: { title: 'duties.task' } },
    { path: '/value-requests', component: () => import('./pages/ValueRequests.vue'), meta: { title: 'duties.requests' } },
    { path: '/value-requests/:id', component: () => import('./pages/ValueRequestPage.vue'), meta: { title: 'duties.requests' } },
    { path: '/quality', component: () => import('./pages/Quality.vue'), meta: { title: 'quality.title' } },
    { path: '/assess', component: () => import('./pages/Assess.vue'), meta: { title: 'assess.title' } },
    { path: '/reports', component: () => import('./pages/Reports.vue'), meta: { title: 'reports.title' } },
    { path: '/compare', component: () => import('./pages/Compare.vue'), meta: { title: 'plans.compare' } },
  ],
  links: [
    { to: '/', text: 'plans.cockpit', icon: 'chart', permission: 'figure.read' },
    { to: '/plan', text: 'plans.table', icon: 'table', permission: 'figure.read' },
    { to: '/map', text: 'plans.map', icon: 'map', permission: 'figure.read' },
    { to: '/tasks', text: 'duties.tasks', icon: 'check', permission: 'figure.read' },
    { to: '/value-requests', text: 'duties.requests', icon: 'edit', permission: 'figure.read' },
    { to: '/compare', text: 'plans.compare', icon: 'people', permission: 'figure.read' },
    { to: '/quality', text: 'quality.title', icon: 'shield', permission: 'figure.read' },
    { to: '/assess', text: 'assess.title', icon: 'star', permission: 'figure.read' },
    { to: '/reports', text: 'reports.title', icon: 'download', permission: 'figure.read' },
  ],
}
