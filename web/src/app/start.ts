// Starts a face: texts, session, routes, the service worker; the same for all three.
import { createApp, type Component } from 'vue'
import { createRouter, createWebHistory, type Router } from 'vue-router'

import { startTexts, t, type Catalogue } from '../core/i18n.ts'
import { startPreferences } from '../core/preferences.ts'
import { loadSession, session, signedIn } from '../core/session.ts'
import type { FaceModule } from '../ui/face.ts'

import { startServiceWorker } from './update.ts'
import '../ui/base.css'

export interface Face {
  key: 'r' | 'w' | 'p'
  // Residents may look around without a sign-in; the other faces ask at the door.
  open: boolean
  root: Component
  modules: FaceModule[]
  texts: Catalogue[]
}

function makeRouter(face: Face): Router {
  const router = createRouter({
    history: createWebHistory(`/${face.key}/`),
    routes: [
      ...face.modules.flatMap(({ routes }) => routes),
      { path: '/:rest(.*)*', component: () => import('./NotFound.vue'), meta: { title: 'app.not_found', open: true } },
    ],
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  })
  router.beforeEach((to) => {
    const asks = face.open ? to.meta.asks : !to.meta.open
    if (asks && session.known && !signedIn.value) return { path: '/sign-in', query: { next: to.fullPath } }
    return true
  })
  router.afterEach((to, from, failure) => {
    document.title = `${t(to.meta.title)} · ${t('app.name')}`
    if (failure || from.matched.length === 0 || to.path === from.path) return
    // Screen readers and keyboards go on from the new page, not from the old link.
    requestAnimationFrame(() => document.getElementById('main')?.focus({ preventScroll: true }))
  })
  return router
}

export async function start(face: Face): Promise<void> {
  startPreferences()
  await Promise.all([startTexts(face.texts), loadSession()])
  const router = makeRouter(face)
  const app = createApp(face.root).use(router)
  await router.isReady()
  app.mount('#app')
  startServiceWorker(face.key)
}
