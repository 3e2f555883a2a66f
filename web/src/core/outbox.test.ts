import { beforeEach, describe, expect, it, vi } from 'vitest'

import { kept } from './keep.ts'
import { enqueue, flush, outbox, refresh, retry } from './outbox.ts'

const item = (id: string, at: number, files = 0) => ({
  id,
  at,
  path: '/cases',
  body: { id },
  files_field: 'attachments',
  uploads: Array.from({ length: files }, (_, n) => ({ key: `${id}-${n}`, path: '/attachments', file: new Blob(['x'], { type: 'image/jpeg' }) })),
  title: id,
})

const calls: { path: string; key: string; body: string }[] = []
let reply: (path: string) => Response | Error

beforeEach(async () => {
  await (await kept()).clear('outbox')
  await refresh()
  calls.length = 0
  reply = () => new Response('{"id":"server"}', { status: 201 })
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    calls.push({ path, key: (init.headers as Record<string, string>)['idempotency-key'] ?? '', body: typeof init.body === 'string' ? init.body : '' })
    const answer = reply(path)
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  })
})

describe('outbox', () => {
  it('sends the oldest first, each under its own key, and keeps nothing', async () => {
    await enqueue(item('b', 2))
    await enqueue(item('a', 1))
    const sent = await flush()
    expect(calls.map((call) => call.key)).toEqual(['a', 'b'])
    expect([...sent.keys()]).toEqual(['a', 'b'])
    expect(outbox.items).toEqual([])
  })

  it('keeps everything while the server is out of reach', async () => {
    reply = () => new TypeError('offline')
    await enqueue(item('a', 1))
    await enqueue(item('b', 2))
    await flush()
    expect(calls).toHaveLength(1)
    expect(outbox.items.map(({ id, state }) => [id, state])).toEqual([['a', 'waiting'], ['b', 'waiting']])
  })

  it('uploads a file once even when the thing itself has to wait', async () => {
    await enqueue(item('a', 1, 1))
    reply = (path) => (path.endsWith('/cases') ? new Response('{}', { status: 503 }) : new Response('{"id":"photo"}', { status: 201 }))
    await flush()
    reply = () => new Response('{}', { status: 201 })
    await flush()
    expect(calls.map(({ path, key }) => [path.slice(7), key])).toEqual([['/attachments', 'a-0'], ['/cases', 'a'], ['/cases', 'a']])
    expect(calls[2]?.body).toContain('"attachments":["photo"]')
  })

  it('marks a refused thing, goes on with the next, and sends again when asked', async () => {
    await enqueue(item('a', 1))
    await enqueue(item('b', 2))
    let first = true
    reply = () => {
      const refused = first
      first = false
      return refused ? new Response('{"code":"case.closed_place"}', { status: 422 }) : new Response('{}', { status: 201 })
    }
    await flush()
    expect(outbox.items).toMatchObject([{ id: 'a', state: 'failed', problem: 'case.closed_place' }])
    await retry('a')
    expect(outbox.items).toEqual([])
  })
})
