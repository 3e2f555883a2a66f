// The ground under every map, from this installation's own tiles: outlines of places and streets.
import { computed, type ComputedRef } from 'vue'

import { get } from '../core/http.ts'
import { useLoad } from '../core/load.ts'

import { ownTiles, type Box, type MapLayer } from './layers.ts'
import { takenGround } from './taken.ts'

interface TileLayer {
  id: string
  minzoom: number
  maxzoom: number
  synthetic: boolean
  attribution?: string
  bounds?: Box
}

interface Ground {
  items: TileLayer[]
  taken?: boolean
}

let asked: Promise<Ground> | undefined
const named = new Set(['ground-township', 'ground-village'])
const levels = ['province', 'city', 'county', 'township', 'village']

// A layer of this server's tiles; `name` is the layer's name inside them, its own unless given.
export const tilesOf = (id: string, name = id, most_zoom = 16): MapLayer['data'] => ({ tiles: `${ownTiles}://tiles/${id}/{z}/{x}/{y}`, name, most_zoom })

// As the server says; where it is not reached, as the maps that were taken along say.
async function askGround(): Promise<Ground> {
  try {
    return await (asked ??= get('/tiles', { kinds: 'places,streets' }))
  } catch (problem) {
    asked = undefined
    const taken = await takenGround()
    if (!taken) throw problem
    const layer = (id: string): TileLayer => ({ id, minzoom: 0, maxzoom: taken.most_zoom, synthetic: taken.synthetic, attribution: taken.attribution, bounds: taken.bounds })
    return { items: [layer('places'), layer('streets')], taken: true }
  }
}

export interface Base {
  layers: ComputedRef<MapLayer[]>
  // The same in two, to lie below and above what a map colours and names itself.
  outlines: ComputedRef<MapLayer[]>
  streets: ComputedRef<MapLayer[]>
  // The deepest zoom of the tiles.
  most_zoom: ComputedRef<number>
  // The server was not reached: the ground comes from maps that were taken along.
  offline: ComputedRef<boolean>
  attribution: ComputedRef<string>
  synthetic: ComputedRef<boolean>
  // All of the installation's territory.
  bounds: ComputedRef<Box | null>
}

export function useBase(): Base {
  const all = useLoad(askGround)
  const found = (id: string): TileLayer | undefined => all.data.value?.items.find((one) => one.id === id)
  const most_zoom = computed(() => found('places')?.maxzoom ?? 16)
  const below = computed<MapLayer[]>(() => (all.data.value ? levels.map((level) => ({ id: `ground-${level}`, shape: 'areas', data: tilesOf('places', level, most_zoom.value), colour: 'surface', ground: true })) : []))
  const above = computed<MapLayer[]>(() => (all.data.value ? [{ id: 'ground-streets', shape: 'lines', data: tilesOf('streets', 'streets', most_zoom.value), colour: 'line-strong', ground: true }] : []))
  return {
    layers: computed(() => [...below.value.map((layer) => (named.has(layer.id) ? { ...layer, label: 'name' } : layer)), ...above.value]),
    outlines: below,
    streets: above,
    most_zoom,
    offline: computed(() => all.data.value?.taken ?? false),
    attribution: computed(() => found('streets')?.attribution ?? ''),
    synthetic: computed(() => all.data.value?.items.some(({ synthetic }) => synthetic) ?? false),
    bounds: computed(() => found('places')?.bounds ?? null),
  }
}
