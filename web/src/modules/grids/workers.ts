import type { FaceModule } from '../../ui/face.ts'

export const grids: FaceModule = {
  routes: [
    { path: '/grids/:place?', component: () => import('./pages/Grids.vue'), meta: { title: 'grids.title' } },
    { path: '/grid-drafts/:id', component: () => import('./pages/DraftPage.vue'), meta: { title: 'grids.draft' } },
  ],
  links: [{ to: '/grids', text: 'grids.title', icon: 'map', permission: 'grid.draw' }],
}
