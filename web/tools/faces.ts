// Three faces in one build: serves /r/…, /w/… and /p/… in development as the server does, and
// writes one service worker a face that caches that face's own files and no other's.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

import type { Connect, Plugin, Rollup } from 'vite'

const template = new URL('./service-worker.js', import.meta.url)
const shared = new URL('../public/', import.meta.url)

type Bundle = Rollup.OutputBundle

// Kept when it is first used, not before: the map library is larger than all of a face.
const large = 'gl'

// All files that the entry of a face can reach: its chunks, late chunks, styles and assets. Those of
// the large library stand apart.
export function filesOf(bundle: Bundle, face: string): { files: string[]; late: string[] } {
  const all = new Set<string>([`${face}/index.html`])
  const late = new Set<string>()
  const assets = Object.values(bundle).filter((file) => file.type === 'asset')
  const visit = (name: string): void => {
    const chunk = bundle[name]
    if (all.has(name) || chunk?.type !== 'chunk') return
    const files = chunk.name === large ? late : all
    if (files.has(name)) return
    files.add(name)
    chunk.viteMetadata?.importedCss.forEach((css) => files.add(css))
    chunk.viteMetadata?.importedAssets.forEach((asset) => files.add(asset))
    for (const asset of assets) {
      if (!asset.fileName.endsWith('.html') && chunk.code.includes(asset.fileName)) files.add(asset.fileName)
    }
    chunk.imports.forEach(visit)
    chunk.dynamicImports.forEach(visit)
  }
  for (const file of Object.values(bundle)) {
    if (file.type === 'chunk' && file.isEntry && file.name === face) visit(file.fileName)
  }
  return { files: [...all].sort(), late: [...late].filter((name) => !all.has(name)).sort() }
}

export function faces(names: string[]): Plugin {
  const rewrite: Connect.NextHandleFunction = (request, _response, next) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const face = names.find((name) => path === `/${name}` || path.startsWith(`/${name}/`))
    if (path === '/') request.url = `/${names[0]}/index.html`
    else if (face && !/\.\w+$/.test(path)) request.url = `/${face}/index.html`
    next()
  }
  return {
    name: 'linli-faces',
    configureServer: (server) => void server.middlewares.use(rewrite),
    configurePreviewServer: (server) => void server.middlewares.use(rewrite),
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const source = readFileSync(template, 'utf8')
        for (const face of names) {
          const reached = filesOf(bundle, face)
          const files = [
            ...reached.files,
            ...readdirSync(new URL(`${face}/`, shared)).map((name) => `${face}/${name}`),
          ]
          const digest = createHash('sha256')
          for (const name of [...files, ...reached.late]) {
            const file = bundle[name]
            digest.update(name)
            if (file) digest.update(file.type === 'chunk' ? file.code : file.source)
          }
          const version = digest.digest('hex').slice(0, 12)
          this.emitFile({
            type: 'asset',
            fileName: `${face}/sw.js`,
            source: source
              .replaceAll('__FACE__', JSON.stringify(face))
              .replaceAll('__VERSION__', JSON.stringify(version))
              .replaceAll('__FILES__', JSON.stringify(files.map((name) => `/${name}`)))
              .replaceAll('__LATE__', JSON.stringify(reached.late.map((name) => `/${name}`))),
          })
        }
      },
    },
  }
}
