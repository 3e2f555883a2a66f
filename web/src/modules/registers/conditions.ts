// When a field is asked: its condition over what the form holds so far and over the place.
import { holds } from '../../core/expression.ts'

import type { RegisterField, Values } from './api.ts'

export interface Ground {
  place: string
  urban: boolean | null
  community_types: string[]
  labels: string[]
  today: string
}

export function asked(field: Pick<RegisterField, 'when'>, values: Values, ground: Ground): boolean {
  if (!field.when) return true
  const { place, urban, community_types, labels, today } = ground
  return holds(field.when, { record: { ...values, place, urban, rural: urban === null ? null : !urban, community_types }, labels, today })
}
