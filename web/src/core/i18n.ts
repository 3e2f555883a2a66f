// Texts: one catalogue a face and language, loaded when it is needed; Chinese unless chosen.
import { shallowRef } from 'vue'

import { Problem, carried } from './http.ts'

export type Language = 'zh' | 'en'
export type Messages = { [key: string]: string | Messages }
export type Catalogue = Record<Language, () => Promise<{ default: Messages }>>

// A text of the content, in each language that its pack gives.
export type Text = string | { zh?: string; en?: string }

const stored = 'linli.language'

const catalogues: Catalogue[] = []
const texts: Partial<Record<Language, Messages>> = {}
const chosen = shallowRef<Language>('zh')

export function language(): Language {
  return chosen.value
}

// Whoever reads a text while rendering is rendered again in another language.
function find(key: string): string | undefined {
  let at: string | Messages | undefined = texts[chosen.value]
  for (const word of key.split('.')) at = typeof at === 'object' ? at[word] : undefined
  return typeof at === 'string' ? at : undefined
}

// The text with its {names} filled in; the key itself where there is none.
export const t = (key: string, values: Record<string, unknown> = {}): string =>
  (find(key) ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
export const knows = (key: string): boolean => find(key) !== undefined

function merged(into: Messages, from: Messages): Messages {
  for (const [key, value] of Object.entries(from)) {
    const known = into[key]
    into[key] = typeof value === 'object' ? merged(typeof known === 'object' ? known : {}, value) : value
  }
  return into
}

export async function setLanguage(wanted: Language): Promise<void> {
  if (!texts[wanted]) {
    const parts = await Promise.all(catalogues.map((catalogue) => catalogue[wanted]()))
    texts[wanted] = parts.reduce((all, part) => merged(all, part.default), {} as Messages)
  }
  chosen.value = wanted
  carried.language = wanted
  document.documentElement.lang = wanted === 'zh' ? 'zh-CN' : 'en'
  localStorage.setItem(stored, wanted)
}

export async function startTexts(own: Catalogue[]): Promise<void> {
  catalogues.push(...own)
  await setLanguage(localStorage.getItem(stored) === 'en' ? 'en' : 'zh')
}

export function textOf(text: Text | null | undefined): string {
  if (text === null || text === undefined) return ''
  if (typeof text === 'string') return text
  return text[language()] ?? text.zh ?? text.en ?? ''
}

// What a refusal says to a person: its own sentence, else one for its kind.
export function sentenceOf(code: string, status = 400): string {
  if (knows(`problem.${code}`)) return t(`problem.${code}`)
  const kind = status === 0 || status === 403 || status === 404 || status === 409 ? status : status >= 500 ? 500 : 400
  return t(`problem.kind.${kind}`, { code })
}

export function explain(error: unknown): string {
  if (error instanceof Problem) return sentenceOf(error.code, error.status)
  throw error
}
