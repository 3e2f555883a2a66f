// Sends what was made without a network exactly once when it returns: oldest first, one page at a
// time (Web Locks), each item under its own idempotency key. A passing failure stops and keeps; a
// refusal marks the item and is shown to its person.
import { reactive } from 'vue'

import { Problem, post } from './http.ts'
import { kept, type Outgoing } from './keep.ts'

export const outbox = reactive({ items: [] as Outgoing[], sending: false })

const retry_ms = 10_000

export async function refresh(): Promise<void> {
  const items = await (await kept()).getAll('outbox')
  outbox.items = items.sort((one, other) => one.at - other.at)
}

export async function enqueue(item: Omit<Outgoing, 'state'>): Promise<void> {
  await (await kept()).put('outbox', { ...item, state: 'waiting' })
  await refresh()
}

export async function discard(id: string): Promise<void> {
  await (await kept()).delete('outbox', id)
  await refresh()
}

export async function retry(id: string): Promise<void> {
  const database = await kept()
  const item = await database.get('outbox', id)
  if (item) await database.put('outbox', { ...item, state: 'waiting', problem: undefined })
  await flush()
}

// The answers of the items that were sent, by id.
export async function flush(): Promise<Map<string, unknown>> {
  const work = async (): Promise<Map<string, unknown>> => {
    const sent = new Map<string, unknown>()
    await refresh()
    outbox.sending = true
    try {
      for (const item of outbox.items.filter(({ state }) => state === 'waiting')) {
        if (!(await sendOne(item.id, sent))) break
      }
    } finally {
      outbox.sending = false
      await refresh()
    }
    return sent
  }
  // Absent where the page is not from a secure place.
  const locks = navigator.locks as LockManager | null | undefined
  return locks ? await locks.request('linli.outbox', work) : await work()
}

// False when the rest must wait.
async function sendOne(id: string, sent: Map<string, unknown>): Promise<boolean> {
  const database = await kept()
  const item = await database.get('outbox', id)
  if (!item) return true
  try {
    for (const upload of item.uploads) {
      if (upload.id) continue
      upload.id = (await post<{ id: string }>(upload.path, undefined, { file: upload.file, key: upload.key })).id
      await database.put('outbox', item)
    }
    const files = item.uploads.map((upload) => upload.id)
    const body = files.length > 0 ? { ...item.body, [item.files_field]: files } : item.body
    sent.set(id, await post(item.path, body, { key: id }))
    await database.delete('outbox', id)
    return true
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.passing || error.status === 401 || error.code === 'access.csrf') return false
    await database.put('outbox', { ...item, state: 'failed', problem: error.code })
    return true
  }
}

// Flushes when the network returns, when the page is looked at again, and now and then.
export function startOutbox(): void {
  const tryNow = (): void => {
    if (navigator.onLine && outbox.items.some(({ state }) => state === 'waiting')) void flush()
  }
  addEventListener('online', tryNow)
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) tryNow()
  })
  setInterval(tryNow, retry_ms)
  void refresh().then(tryNow)
}
