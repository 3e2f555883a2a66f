// The queue's filter and the address of the page are one thing: a filter can be sent as a link.
import type { LocationQuery } from 'vue-router'

import type { CaseFilter } from './api.ts'

const words = ['place', 'kind', 'where', 'stage', 'subject', 'unit', 'q', 'from', 'to', 'order'] as const

// Open ones by their clocks; past ones too where a figure asks for what it counted.
export const orderOf = (filter: CaseFilter): string => filter.order ?? (filter.where || filter.from || filter.to ? 'opened' : 'due')

export function filterOf(query: LocationQuery): CaseFilter {
  const filter: CaseFilter = {}
  for (const word of words) {
    const value = query[word]
    if (typeof value === 'string' && value) filter[word] = value
  }
  if (query['mine'] === 'true') filter.mine = true
  if (query['late'] === 'true') filter.late = true
  return filter
}

export function queryOf(filter: CaseFilter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== '' && value !== false).map(([key, value]) => [key, String(value)]))
}
