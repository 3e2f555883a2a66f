import { afterEach, describe, expect, it, vi } from 'vitest'

import { carried, get, onSession, post, Problem, url } from './http.ts'

const answer = (status: number, body: unknown): Response =>
  new Response(body === undefined ? null : JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

afterEach(() => vi.unstubAllGlobals())

describe('http', () => {
  it('leaves out absent parameters', () => {
    expect(url('/cases', { place: '6208', stage: '', q: undefined, late: true, after: null })).toBe('/api/v1/cases?place=6208&late=true')
  })

  it('sends the token and the key with what changes something, and only there', async () => {
    const seen: Record<string, string>[] = []
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
      seen.push(init.headers as Record<string, string>)
      return Promise.resolve(answer(200, {}))
    })
    carried.csrf = 'token'
    await post('/cases', {}, { key: 'k' })
    await get('/cases')
    expect(seen[0]).toMatchObject({ 'x-csrf-token': 'token', 'idempotency-key': 'k' })
    expect(seen[1]).not.toHaveProperty('x-csrf-token')
  })

  it('turns a problem into field errors', async () => {
    vi.stubGlobal('fetch', () =>
      Promise.resolve(answer(422, { code: 'request.invalid', errors: [{ pointer: '/form/description', code: 'field.required' }] })),
    )
    const problem = await post('/cases', {}).catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(Problem)
    expect((problem as Problem).byField).toEqual({ description: 'field.required' })
    expect((problem as Problem).passing).toBe(false)
  })

  it('asks for the token anew when the server misses it, and sends once more', async () => {
    let token = ''
    onSession(() => undefined, () => {
      carried.csrf = 'fresh'
      return Promise.resolve()
    })
    carried.csrf = ''
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
      token = (init.headers as Record<string, string>)['x-csrf-token'] ?? ''
      return Promise.resolve(token ? answer(201, { id: '1' }) : answer(403, { code: 'access.csrf' }))
    })
    expect(await post('/cases', {})).toEqual({ id: '1' })
    expect(token).toBe('fresh')
  })

  it('reports an unreachable server as passing', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')))
    const problem = (await get('/session').catch((error: unknown) => error)) as Problem
    expect([problem.status, problem.code, problem.passing]).toEqual([0, 'network.unreachable', true])
  })
})
