// Whatever a route that a page asks may refuse has a sentence of its own in that face, in both
// languages: what happened, and what to do now.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { expect, it } from 'vitest'

import type { Messages } from '../core/i18n.ts'

const root = join(import.meta.dirname, '..')
const read = (name: string): string => readFileSync(join(root, name), 'utf8')
const problems = (catalogue: string, language: string): Messages => ((JSON.parse(read(`texts/${catalogue}.${language}.json`)) as Messages)['problem'] ?? {}) as Messages

// Path → the codes of its operations, as the server's OpenAPI text says them.
const refusals = new Map(
  read('core/api-types.ts')
    .split(/^ {4}"(?=\/api\/v1)/m)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('"')).replace('/api/v1', '').replaceAll(/\{\w+\}/g, '{}'), part] as const)
    .map(([path, part]) => [path, [...part.slice(0, part.search(/^ {4}\};/m)).matchAll(/Refusals: ([\w., ]+)\.\n/g)].flatMap((match) => (match[1] ?? '').split(', '))] as const),
)

// The sources that a face loads.
function reached(entry: string, found = new Set<string>()): Set<string> {
  if (found.has(entry)) return found
  found.add(entry)
  for (const [, name = ''] of readFileSync(entry, 'utf8').matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)) {
    const file = resolve(dirname(entry), name)
    if (/\.(ts|vue)$/.test(file) && existsSync(file)) reached(file, found)
  }
  return found
}

function codesOf(face: string): Set<string> {
  const texts = [...reached(join(root, 'app', face, 'main.ts'))].filter((file) => !file.endsWith('api-types.ts')).map((file) => readFileSync(file, 'utf8'))
  const paths = texts.flatMap((text) => [...text.matchAll(/['`](\/[^'`?\s]*)['`?]/g)].map((match) => (match[1] ?? '').replaceAll(/\$\{[^}]*\}/g, '{}')))
  return new Set(paths.flatMap((path) => refusals.get(path) ?? []))
}

const sentence = (messages: Messages, code: string): unknown => code.split('.').reduce<unknown>((at, word) => (at as Messages | undefined)?.[word], messages)

it.each(['residents', 'workers', 'planners'])('%s can say every refusal of the routes they ask', (face) => {
  const codes = codesOf(face)
  expect(codes.size).toBeGreaterThan(5)
  const silent = ['zh', 'en'].flatMap((language) => {
    const known = [problems('common', language), problems(face, language)]
    return [...codes].filter((code) => !known.some((messages) => typeof sentence(messages, code) === 'string')).map((code) => `${language}: ${code}`)
  })
  expect(silent.sort()).toEqual([])
})
