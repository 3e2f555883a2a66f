// The place a planner's page is about: the address says it, else his own territory.
import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import { session } from '../../core/session.ts'

export interface Where {
  place: ComputedRef<string>
  territory: ComputedRef<string>
  // The same page for another place.
  at: (code: string) => string
  go: (code: string) => void
}

export function useWhere(): Where {
  const route = useRoute()
  const router = useRouter()
  const territory = computed(() => session.session?.grants.find(({ permissions }) => permissions.some((held) => held === 'figure.read' || held === 'figure.*'))?.place || '-')
  const place = computed(() => String(route.query['place'] ?? '') || territory.value)
  const at = (code: string): string => router.resolve({ path: route.path, query: { ...route.query, place: code } }).fullPath
  return { place, territory, at, go: (code) => void router.push(at(code)) }
}
