import type { FaceModule } from '../../ui/face.ts'

export const registers: FaceModule = {
  routes: [
    { path: '/registers', component: () => import('./pages/Registers.vue'), meta: { title: 'registers.title' } },
    { path: '/registers/:kind', component: () => import('./pages/Records.vue'), meta: { title: 'registers.title' } },
    { path: '/registers/:kind/new', component: () => import('./pages/EditRecord.vue'), meta: { title: 'registers.new' } },
    { path: '/registers/:kind/import', component: () => import('./pages/ImportRecords.vue'), meta: { title: 'registers.import' } },
    { path: '/registers/:kind/duplicates', component: () => import('./pages/Duplicates.vue'), meta: { title: 'registers.duplicates' } },
    { path: '/registers/:kind/:id', component: () => import('./pages/RecordPage.vue'), meta: { title: 'registers.record' } },
    { path: '/registers/:kind/:id/edit', component: () => import('./pages/EditRecord.vue'), meta: { title: 'registers.edit' } },
  ],
  links: [{ to: '/registers', text: 'registers.title', icon: 'table' }],
}
