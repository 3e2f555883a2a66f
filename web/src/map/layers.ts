// What a map shows, as plain data, and how it looks: each layer becomes layers of the map library's
// style. Nothing is told apart by colour alone: classes grow darker, kinds have a hatching each, a
// value that is not known is hatched, and names and counts stand beside what they belong to.
import type { CircleLayerSpecification, DataDrivenPropertyValueSpecification, ExpressionSpecification, FilterSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl'

type Property = string | number | boolean | null
type PaintColour = DataDrivenPropertyValueSpecification<string>

// WGS-84, degrees: west, south, east, north.
export type Box = [number, number, number, number]

export interface Features {
  type: 'FeatureCollection'
  features: { type: 'Feature'; properties: Record<string, Property>; geometry: { type: string; coordinates: unknown } | null }[]
}

// A tone is a colour variable of base.css without its dashes, or #rrggbb.
export type Colouring =
  | string
  // By a number: a class begins at each limit, from light to dark; no value is hatched.
  | { by: string; limits: number[] }
  // By a word: a tone and a hatching for each; other words are hatched grey.
  | { by: string; tones: Record<string, string> }

export interface MapLayer {
  id: string
  shape: 'points' | 'lines' | 'areas'
  // Features, or tiles of this server: a template with {z}/{x}/{y}, and the layer's name in them.
  data: Features | { tiles: string; name: string; least_zoom?: number; most_zoom?: number }
  colour: Colouring
  // The property that names a feature; "id" unless given. Without selection, nothing answers.
  key?: string
  // The property whose text stands beside the feature.
  label?: string
  // Points close to one another are drawn as one with their number. Tiles bring such numbers as "count".
  together?: boolean
  // Drawn faintly, below what matters, and not answering to a pointer.
  ground?: boolean
}

// The addresses of this server's tiles begin so: gl.ts asks for them, or a map that was taken along.
export const ownTiles = 'linli'

export type Palette = (tone: string) => string

export const hatchings = ['rising', 'falling', 'dots', 'level', 'upright', 'crossed'] as const
export const unknown = 'unknown'
const size = 8

// The hatching as pixels, `ink` as red, green and blue; for classes beyond these they begin anew.
export function hatching(name: string, ink: [number, number, number]): { width: number; height: number; data: Uint8Array } {
  const drawn: Record<string, (x: number, y: number) => boolean> = {
    rising: (x, y) => (x + y) % size < 1,
    falling: (x, y) => (x - y + size) % size < 1,
    dots: (x, y) => x % 4 === 1 && y % 4 === 1,
    level: (_, y) => y === 3,
    upright: (x) => x === 3,
    crossed: (x, y) => (x + y) % size < 1 || (x - y + size) % size < 1,
    [unknown]: (x, y) => (x + y) % 4 < 1,
  }
  const data = new Uint8Array(size * size * 4)
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) if (drawn[name]?.(x, y)) data.set([...ink, 150], (y * size + x) * 4)
  return { width: size, height: size, data }
}

// "#1c2421" or "#fff" as red, green and blue.
export function rgb(colour: string): [number, number, number] {
  const digits = colour.trim().replace('#', '')
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits
  return [0, 2, 4].map((at) => parseInt(full.slice(at, at + 2), 16)) as [number, number, number]
}

// `share` of the one colour in the other.
function mix(one: string, other: string, share: number): string {
  const [a, b] = [rgb(one), rgb(other)]
  return `#${a.map((value, at) => Math.round(value * share + (b[at] ?? 0) * (1 - share)).toString(16).padStart(2, '0')).join('')}`
}

// The colours of `count` classes, from light to dark (in the dark theme from dark to light).
export const shades = (count: number, palette: Palette): string[] =>
  Array.from({ length: count }, (_, at) => mix(palette('accent'), palette('surface'), count === 1 ? 1 : 0.14 + (0.86 * at) / (count - 1)))

// Whether classes follow a state of the features as well (changedValues): of features that are given.
const isLive = ({ data, colour }: MapLayer): boolean => !('tiles' in data) && typeof colour !== 'string' && 'limits' in colour

function colourOf(layer: MapLayer, palette: Palette): PaintColour {
  const colouring = layer.colour
  if (typeof colouring === 'string') return palette(colouring)
  if ('tones' in colouring) {
    const cases = Object.entries(colouring.tones).flatMap(([word, tone]) => [word, palette(tone)])
    return ['match', ['to-string', ['get', colouring.by]], ...cases, palette('sunken')] as unknown as ExpressionSpecification
  }
  const [first = palette('accent'), ...rest] = shades(colouring.limits.length, palette)
  const steps = rest.flatMap((shade, at) => [colouring.limits[at + 1], shade])
  const own = ['get', colouring.by]
  const value = isLive(layer) ? ['coalesce', ['feature-state', colouring.by], own] : own
  const step = steps.length > 0 ? ['step', value, first, ...steps] : first
  return ['case', ['==', ['typeof', value], 'number'], step, palette('surface')] as unknown as ExpressionSpecification
}

// The values by which a layer is coloured, of the features whose value is another than before or was
// not there: given
// to the map as their state, they are seen in the next picture, before the features are drawn anew.
export function changedValues(before: MapLayer | undefined, now: MapLayer): { id: string; by: string; value: Property }[] {
  if (!isLive(now) || !before || 'tiles' in before.data || 'tiles' in now.data || typeof now.colour === 'string') return []
  const { by } = now.colour
  const key = now.key ?? 'id'
  const known = new Map(before.data.features.map(({ properties }) => [properties[key], properties[by]]))
  return now.data.features.flatMap(({ properties }) => {
    const [id, value] = [properties[key], properties[by] ?? null]
    return id !== undefined && (!known.has(id) || known.get(id) !== value) ? [{ id: String(id), by, value }] : []
  })
}

const known = (property: string): ExpressionSpecification => ['==', ['typeof', ['get', property]], 'number']

// Which hatching lies over an area: none over classes with a value.
function patternOf(colouring: Colouring): { pattern: ExpressionSpecification; filter?: FilterSpecification } | null {
  if (typeof colouring === 'string') return null
  if ('limits' in colouring) return { pattern: ['literal', unknown] as unknown as ExpressionSpecification, filter: ['!', known(colouring.by)] }
  const cases = Object.keys(colouring.tones).flatMap((word, at) => [word, hatchings[at % hatchings.length]])
  return { pattern: ['match', ['to-string', ['get', colouring.by]], ...cases, unknown] as unknown as ExpressionSpecification }
}

export function sourceOf(layer: MapLayer): SourceSpecification {
  if (!('tiles' in layer.data)) return { type: 'geojson', data: layer.data as never, ...(isLive(layer) ? { promoteId: layer.key ?? 'id' } : {}), ...(layer.together ? { cluster: true, clusterRadius: 36, clusterMaxZoom: 16 } : {}) }
  return { type: 'vector', tiles: [layer.data.tiles], minzoom: layer.data.least_zoom ?? 0, maxzoom: layer.data.most_zoom ?? 14 }
}

// Whose texts: fonts of the device, so that nothing is asked from anywhere.
const fonts = ['PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'sans-serif']
const count: ExpressionSpecification = ['coalesce', ['get', 'count'], ['get', 'point_count'], 1]

// The style's layers of one layer of ours, the lowest first.
export function styleLayers(layer: MapLayer, palette: Palette): LayerSpecification[] {
  const base = { source: layer.id, ...('tiles' in layer.data ? { 'source-layer': layer.data.name } : {}) }
  const id = (part: string): string => `${layer.id}/${part}`
  const colour = colourOf(layer, palette)
  const chosen: FilterSpecification = ['==', ['get', layer.key ?? 'id'], '']
  const made: LayerSpecification[] = []
  if (layer.shape === 'areas') {
    // Classes look as in their legend.
    made.push({ ...base, id: id('fill'), type: 'fill', paint: { 'fill-color': colour, 'fill-opacity': layer.ground ? 0.35 : typeof layer.colour !== 'string' && 'limits' in layer.colour ? 1 : 0.75 } })
    const hatched = patternOf(layer.colour)
    if (hatched) made.push({ ...base, id: id('hatch'), type: 'fill', ...(hatched.filter ? { filter: hatched.filter } : {}), paint: { 'fill-pattern': hatched.pattern } })
    made.push({ ...base, id: id('edge'), type: 'line', paint: { 'line-color': palette('line-strong'), 'line-width': layer.ground ? 0.75 : 1.25 } })
  }
  if (layer.shape === 'lines') {
    made.push({ ...base, id: id('line'), type: 'line', layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': colour, 'line-width': ['interpolate', ['exponential', 1.4], ['zoom'], 10, 0.6, 14, layer.ground ? 1.5 : 2.5, 18, layer.ground ? 7 : 9] } })
  }
  if (layer.shape === 'points') {
    const many: CircleLayerSpecification['paint'] = { 'circle-radius': ['case', ['>', count, 1], ['interpolate', ['linear'], ['log10', count], 0.3, 10, 4, 26], 6.5] }
    made.push({ ...base, id: id('point'), type: 'circle', paint: { ...many, 'circle-color': ['case', ['>', count, 1], palette('accent'), colour] as unknown as PaintColour, 'circle-stroke-color': palette('surface'), 'circle-stroke-width': 2 } })
    made.push({ ...base, id: id('count'), type: 'symbol', filter: ['>', count, 1], layout: { 'text-field': ['to-string', count], 'text-font': fonts, 'text-size': 12, 'text-allow-overlap': true }, paint: { 'text-color': palette('on-accent') } })
  }
  if (!layer.ground && layer.shape === 'points') made.push({ ...base, id: id('chosen'), type: 'circle', filter: chosen, paint: { 'circle-radius': 11, 'circle-opacity': 0, 'circle-stroke-color': palette('ink'), 'circle-stroke-width': 3 } })
  if (!layer.ground && layer.shape !== 'points') made.push({ ...base, id: id('chosen'), type: 'line', filter: chosen, paint: { 'line-color': palette('ink'), 'line-width': 3.5 } })
  if (layer.label) {
    const under = layer.shape === 'points' ? { 'text-anchor': 'top' as const, 'text-offset': [0, 0.7] as [number, number] } : {}
    made.push({
      ...base, id: id('label'), type: 'symbol', ...(layer.shape === 'points' ? { filter: ['<=', count, 1] as FilterSpecification } : {}),
      layout: { 'text-field': ['to-string', ['get', layer.label]], 'text-font': fonts, 'text-size': layer.ground ? 11 : 13, 'text-max-width': 9, ...(layer.shape === 'lines' ? { 'symbol-placement': 'line' } : under) },
      paint: { 'text-color': palette(layer.ground ? 'ink-soft' : 'ink'), 'text-halo-color': palette('surface'), 'text-halo-width': 1.6 },
    })
  }
  return made
}

// The parts of a layer that answer to a pointer.
export const answering = (layer: MapLayer): string[] => (layer.ground ? [] : [`${layer.id}/${{ points: 'point', lines: 'line', areas: 'fill' }[layer.shape]}`])

// The box around everything that is given as features; null where nothing is.
export function boxOf(layers: MapLayer[]): Box | null {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity]
  const visit = (coordinates: unknown): void => {
    if (!Array.isArray(coordinates)) return
    const [lon, lat] = coordinates as unknown[]
    if (typeof lon === 'number' && typeof lat === 'number') {
      box[0] = Math.min(box[0], lon)
      box[1] = Math.min(box[1], lat)
      box[2] = Math.max(box[2], lon)
      box[3] = Math.max(box[3], lat)
    } else coordinates.forEach(visit)
  }
  for (const { data } of layers) if (!('tiles' in data)) data.features.forEach(({ geometry }) => visit(geometry?.coordinates))
  return box[0] <= box[2] ? box : null
}
