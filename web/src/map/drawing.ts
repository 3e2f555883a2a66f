// Outlines of places as drawings, without a library: shapes, where their names fit, and the way from
// a position on the drawing to a point of the earth and back.
export interface Outline {
  type: 'FeatureCollection'
  features: { type: 'Feature'; properties: { code: string; name: string; synthetic: boolean }; geometry: { type: string; coordinates: unknown } }[]
}

// WGS-84, degrees.
export interface Point {
  lon: number
  lat: number
}

export type Position = [number, number]
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
  // Some of the borders are sketched, not surveyed.
  synthetic: boolean
  // Where a point of the earth lies on the drawing, and back.
  at: (point: Point) => Position
  pointAt: (position: Position) => Point
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
  if (points.length === 0) return { shapes: [], width, height: width, synthetic: false, at: () => [0, 0], pointAt: () => ({ lon: 0, lat: 0 }) }
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
  const at = ({ lon, lat }: Point): Position => project([lon, lat])
  const pointAt = ([x, y]: Position): Point => ({ lon: x / (shrink * scale) + west, lat: north - y / scale })
  return { shapes, width, height: (north - south) * scale, synthetic, at, pointAt }
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
