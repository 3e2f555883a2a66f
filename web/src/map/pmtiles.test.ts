import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { numberOf, openArchive } from './pmtiles.ts'

// Made by the server: `linli export tiles` of a village of tests/data/divisions.
const golden = readFileSync(join(import.meta.dirname, '../../../tests/golden/village.pmtiles'))

it('numbers tiles as the specification does', () => {
  expect([numberOf(0, 0, 0), numberOf(1, 0, 0), numberOf(1, 0, 1), numberOf(1, 1, 1), numberOf(1, 1, 0), numberOf(2, 0, 0)]).toEqual([0, 1, 2, 3, 4, 5])
  expect(numberOf(12, 3423, 1763)).toBe(19078479)
  const all = Array.from({ length: 64 }, (_, at) => numberOf(3, at % 8, Math.floor(at / 8))).sort((a, b) => a - b)
  expect(all).toEqual(Array.from({ length: 64 }, (_, at) => 21 + at))
})

it('reads what the server wrote, and knows what is not there', async () => {
  const archive = await openArchive(new Blob([golden]))
  expect(archive.least_zoom).toBe(4)
  expect(archive.most_zoom).toBeGreaterThan(11)
  const [lon, lat] = [107.69, 35.32]
  const at = (z: number): [number, number] => {
    const angle = (lat * Math.PI) / 180
    return [Math.floor(((lon + 180) / 360) * 2 ** z), Math.floor(((1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2) * 2 ** z)]
  }
  // A county is drawn from zoom 6 on.
  for (let z = 6; z <= archive.most_zoom; z++) {
    const bytes = await archive.tile(z, ...at(z))
    expect(bytes?.byteLength ?? 0, `zoom ${z}`).toBeGreaterThan(0)
  }
  const village = new TextDecoder().decode((await archive.tile(12, ...at(12))) ?? new ArrayBuffer(0))
  expect(village).toContain('village')
  expect(await archive.tile(12, 0, 0)).toBeNull()
  expect(await archive.tile(3, 0, 0)).toBeNull()
})

it('refuses what is no archive of ours', async () => {
  await expect(openArchive(new Blob(['PMTiles']))).rejects.toThrow(RangeError)
  await expect(openArchive(new Blob([new Uint8Array(200)]))).rejects.toThrow(RangeError)
  const packed = new Uint8Array(golden)
  packed[98] = 2
  await expect(openArchive(new Blob([packed]))).rejects.toThrow(RangeError)
})
