// Maps that were taken along: packages of places, kept on this device, out of which tiles come when
// the server is not reached.
import { get, Problem, send } from '../core/http.ts'
import { kept, type TakenMap } from '../core/keep.ts'

import type { Box } from './layers.ts'
import { openArchive, type Archive } from './pmtiles.ts'

export type { TakenMap }

// The layers that everybody may see: a package holds them, and nothing else.
const inside = new Set(['places', 'streets', 'facility'])

interface Ground {
  items: { id: string; synthetic: boolean; attribution?: string }[]
}

let opened: Promise<{ map: TakenMap; archive: Archive }[]> | undefined

// The newest first.
export const takenMaps = async (): Promise<TakenMap[]> => (await (await kept()).getAll('maps')).sort((one, other) => other.at - one.at)

export async function dropMap(place: string): Promise<void> {
  await (await kept()).delete('maps', place)
  opened = undefined
}

// Asks for the package of a place and keeps it in the place of an older one; `told` learns how many
// bytes have arrived, and of how many, where the server says so. Besides refusals of the server a
// Problem `map.no_room` where the device has none.
export async function takeMap(place: { code: string; name: string }, told: (bytes: number, of: number) => void): Promise<TakenMap> {
  const ground = await get<Ground>('/tiles', { kinds: 'places,streets' })
  const answer = await send('GET', `/map-packages/${place.code}`)
  const of = Number(answer.headers.get('content-length') ?? 0)
  const parts: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  try {
    const reader = answer.body?.getReader()
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      parts.push(part.value)
      size += part.value.byteLength
      told(size, of)
    }
  } catch (error) {
    if (error instanceof TypeError) throw new Problem(0)
    throw error
  }
  const file = new Blob(parts)
  await openArchive(file)
  const map: TakenMap = {
    place: place.code, name: place.name, at: Date.now(), size, file,
    bounds: await boundsOf(file),
    attribution: ground.items.find(({ id }) => id === 'streets')?.attribution ?? '',
    synthetic: ground.items.some(({ synthetic }) => synthetic),
  }
  try {
    await (await kept()).put('maps', map)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'QuotaExceededError') throw new Problem(507, { code: 'map.no_room' })
    throw error
  }
  opened = undefined
  return map
}

// West, south, east and north, as the header says them.
async function boundsOf(file: Blob): Promise<Box> {
  const view = new DataView(await file.slice(102, 118).arrayBuffer())
  return [0, 4, 8, 12].map((at) => view.getInt32(at, true) / 1e7) as Box
}

async function archives(): Promise<{ map: TakenMap; archive: Archive }[]> {
  opened ??= takenMaps().then((maps) => Promise.all(maps.map(async (map) => ({ map, archive: await openArchive(map.file) }))))
  return opened
}

// The tile of a public layer out of the newest package that has it, empty beyond them all; null where
// the layer is not in packages, or none was taken along.
export async function takenTile(layer: string, z: number, x: number, y: number): Promise<ArrayBuffer | null> {
  const all = inside.has(layer) ? await archives() : []
  for (const { archive } of all) {
    const bytes = z <= archive.most_zoom ? await archive.tile(z, x, y) : null
    if (bytes) return bytes
  }
  return all.length > 0 ? new ArrayBuffer(0) : null
}

// What the packages together say of the ground, where the server does not.
export async function takenGround(): Promise<{ bounds: Box; most_zoom: number; attribution: string; synthetic: boolean } | null> {
  const all = await archives()
  const boxes = all.map(({ map }) => map.bounds)
  if (all.length === 0) return null
  return {
    bounds: [Math.min(...boxes.map(([west]) => west)), Math.min(...boxes.map(([, south]) => south)), Math.max(...boxes.map(([, , east]) => east)), Math.max(...boxes.map(([, , , north]) => north))],
    most_zoom: Math.min(...all.map(({ archive }) => archive.most_zoom)),
    attribution: all.find(({ map }) => map.attribution)?.map.attribution ?? '',
    synthetic: all.some(({ map }) => map.synthetic),
  }
}

// "tiles/places/11/1630/807": from the server, else out of a package. Rejects where neither has it.
export async function tileOf(path: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const [, layer = '', z, x, y] = path.split('/')
  try {
    const answer = await fetch(`/api/v1/${path}.mvt`, { signal, credentials: 'same-origin' })
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
    return await answer.arrayBuffer()
  } catch (error) {
    // A refusal is an answer; only a server that was not reached is replaced.
    if (signal.aborted || !(error instanceof TypeError)) throw error
    const bytes = await takenTile(layer, Number(z), Number(x), Number(y))
    if (!bytes) throw error
    return bytes
  }
}
