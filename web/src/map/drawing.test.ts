import { expect, it } from 'vitest'

import { draw, labelled, type Shape } from './drawing.ts'

it('draws north up and east right, in the box', () => {
  const square = (west: number, south: number): number[][][] => [[[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1]]]
  const drawing = draw({
    type: 'FeatureCollection',
    features: [
      { type: 'Feature', properties: { code: 'sw', name: 'south-west', synthetic: false }, geometry: { type: 'Polygon', coordinates: square(106, 35) } },
      { type: 'Feature', properties: { code: 'ne', name: 'north-east', synthetic: true }, geometry: { type: 'MultiPolygon', coordinates: [square(107, 36)] } },
    ],
  })
  const [southWest, northEast] = drawing.shapes
  expect(southWest?.centre[0]).toBeLessThan(northEast?.centre[0] ?? 0)
  expect(southWest?.centre[1]).toBeGreaterThan(northEast?.centre[1] ?? 0)
  expect(drawing.height).toBeGreaterThan(drawing.width)
  expect(drawing.synthetic).toBe(true)
  for (const { centre } of drawing.shapes) {
    expect(centre[0]).toBeLessThan(drawing.width)
    expect(centre[1]).toBeLessThan(drawing.height)
  }
  const there = drawing.pointAt(drawing.at({ lon: 106.4, lat: 35.7 }))
  expect(there.lon).toBeCloseTo(106.4, 9)
  expect(there.lat).toBeCloseTo(35.7, 9)
})

it('names the shapes whose names fit and do not meet', () => {
  const shape = (code: string, name: string, x: number, width: number): Shape => ({ code, name, path: '', centre: [x, 50], width, height: 40 })
  const shapes = [shape('wide', '东关街道', 100, 120), shape('narrow', '崆峒山大景区', 400, 30), shape('near', '中街', 130, 60), shape('far', '柳湖镇', 700, 80)]
  expect(labelled(shapes, 14)).toEqual(new Set(['wide', 'far']))
  expect(labelled(shapes, 60)).toEqual(new Set())
})
