// The first load of each face, compressed: its page, the entry with its static imports and styles,
// the Chinese catalogues and the start page's own chunks. Fails when the residents' is over 100 KB.
import { readFileSync, readdirSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url)
const read = (name) => readFileSync(new URL(name, dist))
const assets = readdirSync(new URL('assets/', dist)).filter((name) => /\.(js|css)$/.test(name))
const limit_bytes = 100 * 1024
const faces = { r: ['Home', 'residents.zh'], w: ['Queue', 'workers.zh'], p: ['planners.zh'] }

function closure(face, starts) {
  const files = new Set([`${face}/index.html`])
  const html = read(`${face}/index.html`).toString()
  const visit = (name) => {
    if (files.has(name)) return
    files.add(name)
    if (!name.endsWith('.js')) return
    const code = read(name).toString()
    for (const match of code.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) visit(`assets/${match[1]}`)
  }
  for (const match of html.matchAll(/\/(assets\/[^"]+\.(?:js|css))/g)) visit(match[1])
  for (const start of [...starts, 'common.zh']) for (const name of assets) if (name.startsWith(`${start}-`)) visit(`assets/${name}`)
  // Styles of late chunks are named in the entry's preload table, by chunk: those of the visited chunks carry the same name.
  const visited = new Set([...files].map((name) => name.replace(/^assets\//, '').replace(/-[^-]{8}\.\w+$/, '')))
  for (const name of assets) if (name.endsWith('.css') && visited.has(name.replace(/-[^-]{8}\.css$/, ''))) files.add(`assets/${name}`)
  return [...files]
}

let failed = false
for (const [face, starts] of Object.entries(faces)) {
  const files = closure(face, starts)
  const sum = (compress) => files.reduce((total, name) => total + compress(read(name)).length, 0)
  const [gz, br] = [sum(gzipSync), sum(brotliCompressSync)]
  console.log(`${face}: ${files.length} files, ${(gz / 1024).toFixed(1)} KB gzip, ${(br / 1024).toFixed(1)} KB brotli`)
  if (face === 'r' && gz > limit_bytes) failed = true
}
if (failed) {
  console.error('The residents’ first load is over 100 KB.')
  process.exitCode = 1
}
