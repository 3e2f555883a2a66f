// What this device keeps for its person: unsent things, drafts and maps (IndexedDB), small choices (localStorage).
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { reactive, watch } from 'vue'

export interface Upload {
  key: string
  path: string
  file: Blob
  // The server's id once this file has arrived.
  id?: string
}

// One thing to send: the files first, their ids into `body[files_field]`, then the body, under one key.
export interface Outgoing {
  id: string
  at: number
  path: string
  body: Record<string, unknown>
  files_field: string
  uploads: Upload[]
  state: 'waiting' | 'failed'
  problem?: string
  title: string
}

// The map of a place for when there is no network: a PMTiles archive, and what must be said of it.
export interface TakenMap {
  place: string
  name: string
  at: number
  size: number
  file: Blob
  bounds: [number, number, number, number]
  attribution: string
  synthetic: boolean
}

interface Schema extends DBSchema {
  outbox: { key: string; value: Outgoing }
  drafts: { key: string; value: unknown }
  maps: { key: string; value: TakenMap }
}

let opened: Promise<IDBPDatabase<Schema>> | undefined

export function kept(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('linli', 2, {
    upgrade(database, before) {
      if (before < 1) {
        database.createObjectStore('outbox', { keyPath: 'id' })
        database.createObjectStore('drafts')
      }
      database.createObjectStore('maps', { keyPath: 'place' })
    },
    // A page of the new version waits for none of the old.
    blocking(_before, _after, event) {
      ;(event.target as IDBDatabase).close()
      opened = undefined
    },
  })
  return opened
}

export const loadDraft = async <T>(name: string): Promise<T | undefined> => (await (await kept()).get('drafts', name)) as T | undefined
export const saveDraft = async (name: string, draft: unknown): Promise<void> => void (await (await kept()).put('drafts', draft, name))
export const dropDraft = async (name: string): Promise<void> => (await kept()).delete('drafts', name)

// A reactive value that survives the page, under one name.
export function remembered<T extends object>(name: string, initial: T): T {
  const text = localStorage.getItem(name)
  const value = reactive({ ...initial, ...(text ? (JSON.parse(text) as Partial<T>) : {}) }) as T
  watch(value, () => localStorage.setItem(name, JSON.stringify(value)))
  return value
}
