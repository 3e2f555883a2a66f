// The ground under every map, from this installation's own tiles: outlines of places and streets.
import { computed, type ComputedRef } from 'vue'

import { get } from '../core/http.ts'
import { useLoad } from '../core/load.ts'

import type { Box, MapLayer } from './layers.ts'

interface TileLayer {
  id: string
  minzoom: number
  maxzoom: number
  synthetic: boolean
  attribution?: string
  bounds?: Box
}

let asked: Promise<{ items: TileLayer[] }> | undefined
const named = new Set(['ground-township', 'ground-village'])
const levels = ['province', 'city', 'county', 'township', 'village']

// A layer of this server's tiles; `name` is the layer's name inside them, its own unless given.
export const tilesOf = (id: string, name = id): MapLayer['data'] => ({ tiles: `${location.origin}/api/v1/tiles/${id}/{z}/{x}/{y}.mvt`, name, most_zoom: 16 })

export interface Base {
  layers: ComputedRef<MapLayer[]>
  // The same in two, to lie below and above what a map colours and names itself.
  outlines: ComputedRef<MapLayer[]>
  streets: ComputedRef<MapLayer[]>
  attribution: ComputedRef<string>
  synthetic: ComputedRef<boolean>
  // All of the installation's territory.
  bounds: ComputedRef<Box | null>
}

export function useBase(): Base {
  const all = useLoad(() => (asked ??= get('/tiles', { kinds: 'places,streets' })))
  const streets = computed(() => all.data.value?.items.find(({ id }) => id === 'streets'))
  const below = computed<MapLayer[]>(() => (all.data.value ? levels.map((level) => ({ id: `ground-${level}`, shape: 'areas', data: tilesOf('places', level), colour: 'surface', ground: true })) : []))
  const above = computed<MapLayer[]>(() => (all.data.value ? [{ id: 'ground-streets', shape: 'lines', data: tilesOf('streets'), colour: 'line-strong', ground: true }] : []))
  return {
    layers: computed(() => [...below.value.map((layer) => (named.has(layer.id) ? { ...layer, label: 'name' } : layer)), ...above.value]),
    outlines: below,
    streets: above,
    attribution: computed(() => streets.value?.attribution ?? ''),
    synthetic: computed(() => all.data.value?.items.some(({ synthetic }) => synthetic) ?? false),
    bounds: computed(() => all.data.value?.items.find(({ id }) => id === 'places')?.bounds ?? null),
  }
}
