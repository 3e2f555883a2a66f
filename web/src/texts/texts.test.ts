// Every text stands in a catalogue, in both languages, and nothing else does.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { Messages } from '../core/i18n.ts'

const root = join(import.meta.dirname, '..')
const faces = ['residents', 'workers', 'planners'] as const

function keysOf(messages: Messages, before = ''): string[] {
  return Object.entries(messages).flatMap(([key, value]) => (typeof value === 'string' ? [before + key] : keysOf(value, `${before}${key}.`)))
}
const catalogue = (face: string, language: string): string[] => keysOf(JSON.parse(readFileSync(join(root, 'texts', `${face}.${language}.json`), 'utf8')) as Messages)

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name) && !/\.(test|spec)\.ts$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }))

describe('catalogues', () => {
  it.each(['common', ...faces])('%s has the same keys in both languages', (face) => {
    expect(catalogue(face, 'en')).toEqual(catalogue(face, 'zh'))
  })

  it('do not give a text of the common catalogue a second time', () => {
    const common = new Set(catalogue('common', 'zh'))
    expect(faces.flatMap((face) => catalogue(face, 'zh').filter((key) => common.has(key)))).toEqual([])
  })

  it('hold every text that a page names', () => {
    const known = new Set(['common', ...faces].flatMap((face) => catalogue(face, 'zh')))
    const lost = sources.flatMap(({ name, text }) =>
      [...text.matchAll(/\bt\(\s*'([^']+)'/g), ...text.matchAll(/\bt\([^()`']*\? '([^']+)'/g)].map((match) => match[1] ?? '').filter((key) => !known.has(key)).map((key) => `${name}: ${key}`),
    )
    expect(lost).toEqual([])
  })

  it('are the only place with Chinese text', () => {
    expect(sources.filter(({ text }) => /\p{Script=Han}/u.test(text)).map(({ name }) => name)).toEqual([])
  })
})
