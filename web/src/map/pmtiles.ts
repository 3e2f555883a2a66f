// Reads tiles out of a PMTiles archive (version 3, spec.md of github.com/protomaps/PMTiles) as this
// platform's server writes it: nothing in it is compressed.
//
//   header     127 bytes, little end first: from 8 on offset and length of root, metadata, leaves
//              and tiles; 97 and 98 the compressions; 100 and 101 the zooms
//   directory  varints: the count, differences of tile numbers, run lengths (0: a leaf), lengths,
//              offsets + 1 (0: right behind the one before)
export interface Archive {
  least_zoom: number
  most_zoom: number
  // The tile's bytes; null where the archive has none.
  tile: (z: number, x: number, y: number) => Promise<ArrayBuffer | null>
}

interface Entry {
  number: number
  run: number
  length: number
  offset: number
}

const header_bytes = 127
const not_compressed = 1

function readDirectory(bytes: Uint8Array): Entry[] {
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++]
      if (byte === undefined) throw new RangeError('a directory that ends too early')
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }
  const entries = Array.from({ length: varint() }, (): Entry => ({ number: 0, run: 0, length: 0, offset: 0 }))
  let number = 0
  for (const entry of entries) entry.number = number += varint()
  for (const entry of entries) entry.run = varint()
  for (const entry of entries) entry.length = varint()
  let behind = 0
  for (const entry of entries) {
    const offset = varint()
    entry.offset = offset === 0 ? behind : offset - 1
    behind = entry.offset + entry.length
  }
  return entries
}

// The last entry that begins at or before the number.
function entryFor(entries: Entry[], number: number): Entry | undefined {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((entries[middle]?.number ?? 0) <= number) low = middle + 1
    else high = middle
  }
  return entries[low - 1]
}

// A tile's number along Hilbert curves, zoom after zoom.
export function numberOf(z: number, x: number, y: number): number {
  let number = (4 ** z - 1) / 3
  for (let half = 2 ** z / 2; half >= 1; half /= 2) {
    const right = (x & half) !== 0 ? 1 : 0
    const below = (y & half) !== 0 ? 1 : 0
    number += half * half * ((3 * right) ^ below)
    if (below === 0) {
      if (right === 1) [x, y] = [half - 1 - (x & (half - 1)), half - 1 - (y & (half - 1))]
      ;[x, y] = [y, x]
    }
  }
  return number
}

// Throws a RangeError for what is no such archive.
export async function openArchive(file: Blob): Promise<Archive> {
  const bytes = async (offset: number, length: number): Promise<ArrayBuffer> => file.slice(offset, offset + length).arrayBuffer()
  const head = await bytes(0, header_bytes)
  const text = new TextDecoder().decode(head.slice(0, 7))
  const view = new DataView(head)
  if (head.byteLength < header_bytes || text !== 'PMTiles' || view.getUint8(7) !== 3 || view.getUint8(97) !== not_compressed || view.getUint8(98) !== not_compressed) throw new RangeError('no uncompressed PMTiles archive of version 3')
  const long = (at: number): number => Number(view.getBigUint64(at, true))
  const [leaves, tiles] = [long(40), long(56)]
  const read = async (offset: number, length: number): Promise<Entry[]> => readDirectory(new Uint8Array(await bytes(offset, length)))
  const root = await read(long(8), long(16))
  const kept = new Map<number, Promise<Entry[]>>()
  const leaf = (entry: Entry): Promise<Entry[]> => {
    const known = kept.get(entry.offset) ?? read(leaves + entry.offset, entry.length)
    kept.set(entry.offset, known)
    return known
  }
  return {
    least_zoom: view.getUint8(100),
    most_zoom: view.getUint8(101),
    tile: async (z, x, y) => {
      const number = numberOf(z, x, y)
      let found = entryFor(root, number)
      while (found?.run === 0) found = entryFor(await leaf(found), number)
      return found && number < found.number + found.run ? bytes(tiles + found.offset, found.length) : null
    },
  }
}
