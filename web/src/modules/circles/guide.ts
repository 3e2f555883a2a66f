// What the guide says of a person's surroundings: services by the needs of a circle, the nearest
// first, what is missing, and the same as one text to be read aloud.
import type { Circle, Choice, Minutes } from '../../core/content.ts'
import { t, textOf } from '../../core/i18n.ts'
import { draw, type Outline, type Point } from '../../map/drawing.ts'

import type { Reached } from './api.ts'

export interface Group {
  key: string
  name: string
  // How many a circle asks for; 0: the circle says nothing of it.
  minimum: number
  within: Reached[]
  // The nearest one that is farther than the time.
  beyond: Reached | null
}

const fallback_minutes = 15
const farthest = 120
// How far is looked for what is missing nearby.
export const horizon = (minutes: number): number => Math.min(minutes * 3, farthest)

export const minutesIn = (minutes: Minutes, urban: boolean | null): number | null => (urban === false ? minutes.rural : minutes.urban)
export const circleMinutes = (circle: Circle | undefined, urban: boolean | null): number => (circle ? minutesIn(circle.minutes, urban) : null) ?? fallback_minutes
export const isMissing = ({ minimum, within }: Group): boolean => within.length < minimum

// First what the circle asks for, in its order, then what else there is, by kind, the nearest first.
export function groupsOf(items: Reached[], circle: Circle | undefined, kinds: Choice[], minutes: number): Group[] {
  const nameOf = (kind: string): string => textOf(kinds.find(({ key }) => key === kind)?.name ?? kind)
  const group = (key: string, name: string, minimum: number, of: string[]): Group => {
    const found = items.filter(({ kind }) => of.includes(kind))
    return { key, name, minimum, within: found.filter((one) => one.minutes <= minutes), beyond: found.find((one) => one.minutes > minutes) ?? null }
  }
  const needs = (circle?.needs ?? []).map((need) => group(need.key, need.name ? textOf(need.name) : need.kinds.map(nameOf).join(t('guide.or')), need.minimum, need.kinds))
  const asked = new Set((circle?.needs ?? []).flatMap((need) => need.kinds))
  const others = [...new Set(items.map(({ kind }) => kind))].filter((kind) => !asked.has(kind)).map((kind) => group(kind, nameOf(kind), 0, [kind]))
  return [...needs, ...others.filter(({ within }) => within.length > 0)]
}

// By any part of what it is called, its address, or how that is spelt.
export function search(groups: Group[], words: string): Group[] {
  const wanted = words.trim().toLowerCase().replaceAll(' ', '')
  if (!wanted) return groups
  const has = (text: string | undefined): boolean => (text ?? '').toLowerCase().replaceAll(' ', '').includes(wanted)
  return groups.flatMap((one) => {
    if (has(one.name)) return [one]
    const within = one.within.filter(({ name, address, pinyin }) => has(name) || has(address) || (pinyin ?? '').split(' ').some(has))
    return within.length > 0 ? [{ ...one, within, beyond: null }] : []
  })
}

export const minutesText = (minutes: number): string => t('guide.minutes', { n: Math.max(1, Math.ceil(minutes)) })

export function aloud(groups: Group[], from: string, minutes: number): string {
  const asked = groups.filter(({ minimum }) => minimum > 0)
  const told = (asked.length > 0 ? asked : groups).filter((one) => !isMissing(one))
  const lines = told.flatMap(({ name, within: [first] }) => (first ? [t('guide.aloud_one', { kind: name, name: first.name, minutes: minutesText(first.minutes) })] : []))
  const missing = asked.filter(isMissing).map(({ name }) => name)
  return [t('guide.aloud', { from, minutes: minutesText(minutes) }), ...lines, ...(missing.length > 0 ? [t('guide.aloud_missing', { names: missing.join(t('guide.and')) })] : [])].join('\n')
}

// The middle of a place on the outline of the places around it; null where it is not drawn.
export function middleOf(outline: Outline, code: string): Point | null {
  const { shapes, pointAt } = draw(outline)
  const shape = shapes.find((one) => one.code === code)
  if (!shape) return null
  const { lon, lat } = pointAt(shape.centre)
  return { lon: Number(lon.toFixed(6)), lat: Number(lat.toFixed(6)) }
}
