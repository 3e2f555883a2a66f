// Trials that this device keeps by name, to be opened again.
import { effectScope } from 'vue'

import { remembered } from '../../core/keep.ts'

import type { Change } from './trial.ts'

export interface SavedView {
  name: string
  query: Record<string, string>
  changes: Change[]
}

const most = 20
let kept: { items: SavedView[] } | undefined

// The same for all who ask, for as long as the page lives.
export const savedViews = (): { items: SavedView[] } => (kept ??= effectScope(true).run(() => remembered('linli.circle-views', { items: [] as SavedView[] })) as { items: SavedView[] })

// One of the same name gives way; the oldest go.
export function keepView(view: SavedView): void {
  const all = savedViews()
  all.items = [view, ...all.items.filter(({ name }) => name !== view.name)].slice(0, most)
}
