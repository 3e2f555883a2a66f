// Households without a service in reach: asked page by page, and as a table that leaves the page.
import type { Choice, Circle } from '../../core/content.ts'
import { get, type Page } from '../../core/http.ts'
import { t, textOf } from '../../core/i18n.ts'

// A household and what is not in its reach; the name of its head where the reader may see it.
export interface HouseholdGap {
  id: string
  place: string
  head_name: string | null
  located: boolean
  estimate: boolean
  missing: string[]
}

export const getGaps = (circle: string, query: { place: string; kinds?: string; minutes?: number }, after?: string, signal?: AbortSignal): Promise<Page<HouseholdGap>> => get(`/circles/${circle}/households`, { ...query, after, limit: 50 }, signal)

export const kindsOf = (circle: Circle | undefined): string[] => [...new Set((circle?.needs ?? []).flatMap(({ kinds }) => kinds))]

// What is missing is a need of the circle, or a kind where kinds were asked for.
export function missingName(key: string, circle: Circle | undefined, kinds: Choice[]): string {
  const need = circle?.needs.find((one) => one.key === key)
  return textOf(need?.name) || textOf(kinds.find((one) => one.key === key)?.name) || key
}

const cell = (text: string): string => (/[",\n]/.test(text) || /^[=+@-]/.test(text) ? `"${/^[=+@-]/.test(text) ? "'" : ''}${text.replaceAll('"', '""')}"` : text)

// UTF-8 with its mark, so that spreadsheets read Chinese. A cell that looks like a formula is text.
export function csvOf(rows: HouseholdGap[], nameOf: (key: string) => string, placeOf: (code: string) => string): string {
  const lines = [
    ['gaps.household', 'gaps.place', 'gaps.missing', 'gaps.note'].map((key) => t(key)),
    ...rows.map((row) => [row.head_name ?? row.id, placeOf(row.place), row.missing.map(nameOf).join(t('gaps.and')), row.located ? (row.estimate ? t('gaps.estimate') : '') : t('gaps.unlocated')]),
  ]
  return `\uFEFF${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}
