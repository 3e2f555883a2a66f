// Texts: one catalogue a face and language, loaded when it is needed; Chinese unless chosen.
import { createI18n } from 'vue-i18n'

import { Problem, carried } from './http.ts'

export type Language = 'zh' | 'en'
export type Messages = { [key: string]: string | Messages }
export type Catalogue = Record<Language, () => Promise<{ default: Messages }>>

// A text of the content, in each language that its pack gives.
export type Text = string | { zh?: string; en?: string }

const stored = 'linli.language'

export const i18n = createI18n({
  legacy: false,
  locale: 'zh' as Language,
  fallbackLocale: 'zh',
  missingWarn: false,
  fallbackWarn: false,
  messages: {} as Record<Language, Messages>,
})

const catalogues: Catalogue[] = []
const loaded = new Set<Language>()

export function language(): Language {
  return i18n.global.locale.value as Language
}

export const t = (key: string, values: Record<string, unknown> = {}): string => i18n.global.t(key, values)
export const knows = (key: string): boolean => i18n.global.te(key)

export async function setLanguage(wanted: Language): Promise<void> {
  if (!loaded.has(wanted)) {
    const parts = await Promise.all(catalogues.map((catalogue) => catalogue[wanted]()))
    parts.forEach((part) => i18n.global.mergeLocaleMessage(wanted, part.default))
    loaded.add(wanted)
  }
  i18n.global.locale.value = wanted
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
