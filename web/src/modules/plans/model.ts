// What the planners' pages compute: colours of a map, paths of its shapes, periods, progress.
import type { Indicator, Outline, PlaceValue, Status, Target } from './api.ts'

export const noClass = -1

// At most five classes with equal numbers of places each; the limits are values that occur, so
// that a class says where it begins and ends. Values that are not known belong to none.
export function classLimits(values: (number | null)[], classes = 5): number[] {
  const known = values.filter((value): value is number => value !== null).sort((a, b) => a - b)
  const distinct = [...new Set(known)]
  if (distinct.length <= classes) return distinct
  const limits = Array.from({ length: classes }, (_, at) => known[Math.floor((at * known.length) / classes)] ?? 0)
  return [...new Set(limits)]
}

// The class of a value: the last limit that it reaches.
export function classOf(value: number | null, limits: number[]): number {
  if (value === null) return noClass
  let found = 0
  limits.forEach((limit, at) => {
    if (value >= limit) found = at
  })
  return limits.length === 0 ? noClass : found
}

type Position = [number, number]
type Ring = Position[]

export interface Shape {
  code: string
  name: string
  path: string
  centre: Position
  // The box around its largest part.
  width: number
  height: number
}

export interface Drawing {
  shapes: Shape[]
  width: number
  height: number
  synthetic: boolean
}

function ringsOf(geometry: { type: string; coordinates: unknown }): Ring[] {
  if (geometry.type === 'Polygon') return geometry.coordinates as Ring[]
  if (geometry.type === 'MultiPolygon') return (geometry.coordinates as Ring[][]).flat()
  return []
}

// Shapes as SVG paths in a box of the given width: longitudes shrink by the cosine of the middle
// latitude, which at the size of a county is as good as any projection.
export function draw(outline: Outline, width = 1000): Drawing {
  const all = outline.features.map((feature) => ({ feature, rings: ringsOf(feature.geometry) }))
  const points = all.flatMap(({ rings }) => rings.flat())
  const lons = points.map(([lon]) => lon)
  const lats = points.map(([, lat]) => lat)
  const min = (list: number[]): number => list.reduce((a, b) => Math.min(a, b), Infinity)
  const max = (list: number[]): number => list.reduce((a, b) => Math.max(a, b), -Infinity)
  if (points.length === 0) return { shapes: [], width, height: width, synthetic: false }
  const [west, east, south, north] = [min(lons), max(lons), min(lats), max(lats)]
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = width / Math.max((east - west) * shrink, 1e-9)
  const project = ([lon, lat]: Position): Position => [(lon - west) * shrink * scale, (north - lat) * scale]
  const text = (value: number): string => value.toFixed(1)
  const shapes = all.map(({ feature, rings }) => {
    const projected = rings.map((ring) => ring.map(project))
    const largest = projected.reduce<Ring>((best, ring) => (area(ring) > area(best) ? ring : best), [])
    return {
      code: feature.properties.code,
      name: feature.properties.name,
      path: projected.map((ring) => `M${ring.map(([x, y]) => `${text(x)},${text(y)}`).join('L')}Z`).join(''),
      centre: middle(largest),
      ...extent(largest),
    }
  })
  const synthetic = outline.features.some(({ properties }) => properties.synthetic)
  return { shapes, width, height: (north - south) * scale, synthetic }
}

// Twice the signed area and the moments of a ring, summed over its edges.
function moments(ring: Ring): [number, number, number] {
  return ring.reduce<[number, number, number]>(
    ([sum, mx, my], [x, y], at) => {
      const [u, v] = ring[(at + 1) % ring.length] ?? [x, y]
      const cross = x * v - u * y
      return [sum + cross, mx + (x + u) * cross, my + (y + v) * cross]
    },
    [0, 0, 0],
  )
}

const area = (ring: Ring): number => Math.abs(moments(ring)[0]) / 2

function middle(ring: Ring): Position {
  const [sum, mx, my] = moments(ring)
  return sum === 0 ? (ring[0] ?? [0, 0]) : [mx / (3 * sum), my / (3 * sum)]
}

function extent(ring: Ring): { width: number; height: number } {
  const span = (values: number[]): number => (values.length === 0 ? 0 : Math.max(...values) - Math.min(...values))
  return { width: span(ring.map(([x]) => x)), height: span(ring.map(([, y]) => y)) }
}

// The shapes whose names fit: within the shape, give or take a letter, and clear of one another.
// Large shapes come first. `letter` is the height of a letter in the drawing's units.
export function labelled(shapes: Shape[], letter: number): Set<string> {
  const placed: { code: string; centre: Position; width: number }[] = []
  for (const { code, name, centre, width, height } of [...shapes].sort((a, b) => b.width * b.height - a.width * a.height)) {
    const wanted = [...name].reduce((sum, one) => sum + (one.charCodeAt(0) < 0x2e80 ? 0.55 : 1), 0) * letter
    if (wanted > width + letter || letter > height) continue
    const meets = placed.some((other) => Math.abs(other.centre[0] - centre[0]) < (other.width + wanted) / 2 + letter / 3 && Math.abs(other.centre[1] - centre[1]) < letter * 1.15)
    if (!meets) placed.push({ code, centre, width: wanted })
  }
  return new Set(placed.map(({ code }) => code))
}

// What each class holds: its smallest and largest value.
export function classRanges(values: (number | null)[], limits: number[]): [number, number][] {
  const known = values.filter((value): value is number => value !== null)
  return limits.map((_, at) => {
    const held = known.filter((value) => classOf(value, limits) === at)
    return [Math.min(...held), Math.max(...held)]
  })
}

// Best first when more is better; places without data always last.
export function ranked(values: PlaceValue[], higherIsBetter = true): PlaceValue[] {
  const sign = higherIsBetter ? -1 : 1
  return [...values].sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null)
    return sign * (a.value - b.value) || a.place.localeCompare(b.place)
  })
}

// The periods that a reader chooses from: this month and the two before, the quarter, the year.
export function periods(today: Date): string[] {
  const month = (back: number): string => {
    const day = new Date(today.getFullYear(), today.getMonth() - back, 1)
    return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}`
  }
  const year = today.getFullYear()
  return [month(0), month(1), month(2), `${year}-Q${Math.floor(today.getMonth() / 3) + 1}`, String(year), String(year - 1)]
}

// The target that counts: the one that the status is judged by, else the last.
export function targetOf(indicator: Pick<Indicator, 'targets'>): Target | undefined {
  return indicator.targets.find(({ current }) => current) ?? indicator.targets.at(-1)
}

export const toneOf = (status: Status | null | undefined): 'good' | 'info' | 'late' | 'none' =>
  status === 'met' ? 'good' : status === 'on_track' ? 'info' : status === 'behind' ? 'late' : 'none'

export function countByStatus(items: { status: Status | null }[]): Record<Status, number> {
  const counts: Record<Status, number> = { met: 0, on_track: 0, behind: 0, no_data: 0 }
  for (const { status } of items) counts[status ?? 'no_data'] += 1
  return counts
}
