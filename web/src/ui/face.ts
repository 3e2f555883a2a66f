// What a module brings to a face: its pages and the links to them. A face lists its modules.
import type { RouteRecordRaw } from 'vue-router'

import type { IconName } from './icons.ts'

export interface FaceLink {
  to: string
  text: string
  icon: IconName
  // Shown only to those who hold it somewhere.
  permission?: string
}

export interface FaceModule {
  routes: RouteRecordRaw[]
  links?: FaceLink[]
}

declare module 'vue-router' {
  interface RouteMeta {
    // The catalogue key of the page's title.
    title: string
    // Readable without a sign-in, in the faces that ask for one; the residents' face asks only where `asks`.
    open?: boolean
    asks?: boolean
  }
}
