// @vitest-environment node
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { beforeEach, expect, it, vi } from 'vitest'

import { kept } from '../core/keep.ts'

import { dropMap, takeMap, takenGround, takenMaps, takenTile, tileOf } from './taken.ts'

const golden = readFileSync(join(import.meta.dirname, '../../../tests/golden/village.pmtiles'))
let reached = true
const told: [number, number][] = []

beforeEach(async () => {
  for (const { place } of await takenMaps()) await dropMap(place)
  await (await kept()).clear('maps')
  reached = true
  told.length = 0
  vi.stubGlobal('fetch', (path: string) => {
    if (!reached) return Promise.reject(new TypeError('no network'))
    if (path.startsWith('/api/v1/map-packages/')) return Promise.resolve(new Response(new Blob([golden]), { headers: { 'content-length': String(golden.byteLength) } }))
    if (path.startsWith('/api/v1/tiles?')) return Promise.resolve(new Response('{"items": [{"id": "places", "synthetic": true}, {"id": "streets", "synthetic": false, "attribution": "© OSM"}]}'))
    return Promise.resolve(path.endsWith('/denied/0/0/0.mvt') ? new Response('{}', { status: 403 }) : new Response('fresh'))
  })
})

const take = () => takeMap({ code: '620802001', name: '东关街道' }, (bytes, of) => told.push([bytes, of]))
const text = async (bytes: Promise<ArrayBuffer | null>): Promise<string> => new TextDecoder().decode((await bytes) ?? new ArrayBuffer(0))
const signal = new AbortController().signal

it('takes a map along with what must be said of it', async () => {
  expect(await takenGround()).toBeNull()
  await take()
  const [map] = await takenMaps()
  expect(map).toMatchObject({ place: '620802001', name: '东关街道', size: golden.byteLength, attribution: '© OSM', synthetic: true })
  expect(told.at(-1)).toEqual([golden.byteLength, golden.byteLength])
  const ground = await takenGround()
  expect(ground?.bounds).toEqual(map?.bounds)
  expect(ground?.bounds[0]).toBeLessThan(ground?.bounds[2] ?? 0)
})

it('asks the server first and the device where there is no network', async () => {
  await take()
  const [x, y] = [3273, 1617]
  expect(await text(tileOf(`tiles/places/12/${x}/${y}`, signal))).toBe('fresh')
  reached = false
  expect(await text(tileOf(`tiles/places/12/${x}/${y}`, signal))).toContain('village')
  expect((await tileOf('tiles/places/12/0/0', signal)).byteLength).toBe(0)
  await dropMap('620802001')
  await expect(tileOf(`tiles/places/12/${x}/${y}`, signal)).rejects.toThrow()
})

it('does not answer for layers that are not for everybody, nor where the server refuses', async () => {
  await take()
  expect(await takenTile('dwelling', 12, 3273, 1617)).toBeNull()
  await expect(tileOf('tiles/denied/0/0/0', signal)).rejects.toThrow('HTTP 403')
})

it('keeps one map a place, the newest', async () => {
  await take()
  await take()
  expect((await takenMaps()).length).toBe(1)
})
