// Who is signed in and what they may do; the same predicate as the server's, to grey out buttons.
import { computed, reactive, readonly } from 'vue'

import { Problem, carried, get, onSession, patch, post, remove } from './http.ts'
import { language, type Language, setLanguage } from './i18n.ts'
import { preferences } from './preferences.ts'
import type { Schema } from './schema.ts'

export type Session = Schema<'Session'>

const state = reactive({ session: null as Session | null, known: false })

export const session = readonly(state)
export const signedIn = computed(() => state.session !== null)

export function take(next: Session | null): void {
  state.session = next
  state.known = true
  carried.csrf = next?.csrf_token ?? ''
}

// Asks the server once; without a network the question stays open (`known` is false).
export async function loadSession(): Promise<Session | null> {
  try {
    take(await get<Session>('/session'))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (!error.passing) take(null)
  }
  return state.session
}

// A person's language and type come along to every device on which they sign in.
async function begin(next: Session): Promise<void> {
  take(next)
  preferences.elder_view = next.account.elder_view
  if (next.account.language !== language()) await setLanguage(next.account.language === 'en' ? 'en' : 'zh')
}

export const signIn = async (name: string, password: string): Promise<void> => begin(await post<Session>('/sign-in', { name, password }))
export const sendCode = (phone: string): Promise<void> => post('/residents/code', { phone })
// Who comes for the first time keeps the language and type of this device.
export const signInByPhone = async (body: { phone: string; code: string; name?: string; place?: string }): Promise<void> =>
  begin(await post<Session>('/residents/sign-in', { ...body, language: language(), elder_view: preferences.elder_view }))

export async function signOut(): Promise<void> {
  await post('/sign-out')
  take(null)
}

export async function changeSession(change: { language?: Language; elder_view?: boolean; password?: { old: string; new: string } }): Promise<void> {
  if (change.language) await setLanguage(change.language)
  if (change.elder_view !== undefined) preferences.elder_view = change.elder_view
  if (state.session) take({ ...state.session, ...(await patch<Partial<Session> | undefined>('/session', change)) })
}

// The topics of live pages that follow the cases of the own territories.
export const caseTopics = (): string[] => [...new Set((state.session?.grants ?? []).map(({ place }) => place).filter((place) => may('case.read', place)))].map((place) => `place:${place}`)
export const ownTopic = (): string[] => (state.session ? [`account:${state.session.account.id}`] : [])

export const actFor = async (body: { phone?: string; name?: string; reason: string }): Promise<void> => take(await post<Session>('/session/acts-for', body))
export async function actForNobody(): Promise<void> {
  await remove('/session/acts-for')
  await loadSession()
}

export function holds(permission: string, wanted: string): boolean {
  return permission === wanted || permission === '*' || (permission.endsWith('.*') && wanted.startsWith(permission.slice(0, -1))) || matches(permission, wanted)
}

// register.*.read holds register.person.read.
function matches(pattern: string, wanted: string): boolean {
  const [parts, names] = [pattern.split('.'), wanted.split('.')]
  return parts.length === names.length && parts.every((part, at) => part === '*' || part === names[at])
}

// A place lies under another when its code begins with it ("-" and "" are the nation).
export const under = (place: string, territory: string): boolean => territory === '-' || territory === '' || place.startsWith(territory)

export function may(permission: string, place?: string): boolean {
  return (state.session?.grants ?? []).some(
    (grant) => (place === undefined || under(place, grant.place)) && grant.permissions.some((held) => holds(held, permission)),
  )
}

// The territory of the first grant with the permission, where a page begins.
export const territoryOf = (permission: string): string => state.session?.grants.find(({ permissions }) => permissions.some((held) => holds(held, permission)))?.place || '-'

onSession(() => take(null), loadSession)
