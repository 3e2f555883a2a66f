import { describe, expect, it } from 'vitest'

import { boxOf, changedValues, hatching, rgb, shades, sourceOf, styleLayers, type Features, type MapLayer } from './layers.ts'

const palette = (tone: string): string => ({ accent: '#12594f', surface: '#ffffff', late: '#a3231a' })[tone] ?? '#000000'
const points: Features = {
  type: 'FeatureCollection',
  features: [
    { type: 'Feature', properties: { id: 'a' }, geometry: { type: 'Point', coordinates: [121.5, 29.9] } },
    { type: 'Feature', properties: { id: 'b' }, geometry: { type: 'Polygon', coordinates: [[[121, 30], [122, 30], [122, 31], [121, 30]]] } },
    { type: 'Feature', properties: { id: 'c' }, geometry: null },
  ],
}
const layer = (more: Partial<MapLayer>): MapLayer => ({ id: 'it', shape: 'areas', data: points, colour: 'accent', ...more })
const ids = (one: MapLayer): string[] => styleLayers(one, palette).map(({ id }) => id)

describe('layers of a map', () => {
  it('have a box around their features, and none where there are none', () => {
    expect(boxOf([layer({})])).toEqual([121, 29.9, 122, 31])
    expect(boxOf([layer({ data: { tiles: '/t/{z}/{x}/{y}', name: 'x' } })])).toBeNull()
  })

  it('hatch areas whose value is not known, and only those', () => {
    const parts = styleLayers(layer({ colour: { by: 'share', limits: [0, 50, 80] } }), palette)
    expect(parts.find(({ id }) => id === 'it/hatch')).toMatchObject({ filter: ['!', ['==', ['typeof', ['get', 'share']], 'number']], paint: { 'fill-pattern': ['literal', 'unknown'] } })
    expect(ids(layer({ colour: 'late' }))).toEqual(['it/fill', 'it/edge', 'it/chosen'])
  })

  it('give every word a hatching of its own beside its tone', () => {
    const hatch = styleLayers(layer({ colour: { by: 'state', tones: { full: 'accent', none: 'late' } } }), palette).find(({ id }) => id === 'it/hatch')
    expect(hatch).toMatchObject({ paint: { 'fill-pattern': ['match', ['to-string', ['get', 'state']], 'full', 'rising', 'none', 'falling', 'unknown'] } })
  })

  it('look as in their legend where they are classes', () => {
    const fill = (colour: MapLayer['colour']): object | undefined => styleLayers(layer({ colour }), palette)[0]?.paint
    expect(fill({ by: 'share', limits: [0, 50] })).toMatchObject({ 'fill-opacity': 1 })
    expect(fill('late')).toMatchObject({ 'fill-opacity': 0.75 })
  })

  it('begin a class at its limit', () => {
    const colour = { by: 'share', limits: [0, 50] }
    const of = (value: unknown): object => ({ paint: { 'fill-color': ['case', ['==', ['typeof', value], 'number'], ['step', value, '#dee8e6', 50, '#12594f'], '#ffffff'] } })
    expect(styleLayers(layer({ colour, data: { tiles: '/t', name: 'x' } }), palette)[0]).toMatchObject(of(['get', 'share']))
    expect(styleLayers(layer({ colour }), palette)[0]).toMatchObject(of(['coalesce', ['feature-state', 'share'], ['get', 'share']]))
  })

  it('tell whose value is another, so that its colour need not wait', () => {
    const shares = (...all: (number | null)[]): MapLayer =>
      layer({ key: 'code', colour: { by: 'share', limits: [0, 50] }, data: { type: 'FeatureCollection', features: all.map((share, at) => ({ type: 'Feature', properties: { code: `p${at}`, share }, geometry: null })) } })
    expect(changedValues(shares(10, 20, null), shares(10, 60, null))).toEqual([{ id: 'p1', by: 'share', value: 60 }])
    expect(changedValues(shares(10), shares(10, 60))).toEqual([{ id: 'p1', by: 'share', value: 60 }])
    expect(changedValues(undefined, shares(10))).toEqual([])
    expect(changedValues(layer({}), layer({}))).toEqual([])
    expect(sourceOf(shares(1))).toMatchObject({ promoteId: 'code' })
  })

  it('of the ground answer to nobody', () => {
    expect(ids(layer({ ground: true, label: 'name' }))).toEqual(['it/fill', 'it/edge', 'it/label'])
  })

  it('of tiles name their source layer', () => {
    const tiled = layer({ shape: 'lines', data: { tiles: '/api/v1/tiles/streets/{z}/{x}/{y}.mvt', name: 'streets', most_zoom: 15 } })
    expect(sourceOf(tiled)).toEqual({ type: 'vector', tiles: ['/api/v1/tiles/streets/{z}/{x}/{y}.mvt'], minzoom: 0, maxzoom: 15 })
    expect(styleLayers(tiled, palette)[0]).toMatchObject({ 'source-layer': 'streets', type: 'line' })
  })
})

it('shades grow from light to dark', () => {
  const light = shades(4, palette).map((shade) => rgb(shade).reduce((a, b) => a + b))
  expect(light).toEqual([...light].sort((a, b) => b - a))
  expect(shades(1, palette)).toEqual(['#12594f'])
})

it('hatchings are eight pixels wide, partly drawn, and differ', () => {
  const drawn = ['rising', 'falling', 'dots', 'unknown'].map((name) => hatching(name, [1, 2, 3]).data.join())
  expect(new Set(drawn).size).toBe(4)
  expect(hatching('level', [9, 9, 9]).data.filter((value, at) => at % 4 === 3 && value > 0)).toHaveLength(8)
})
