// The one door to the server: typed JSON requests below /api/v1, problem+json as typed errors.
export interface FieldError {
  pointer: string
  code: string
  expected?: string
}

export interface Page<T> {
  items: T[]
  next: string | null
}

interface ProblemBody {
  title?: string
  status?: number
  code?: string
  request_id?: string
  errors?: FieldError[]
}

// A refusal by the server. `status` 0: the server was not reached.
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string
  readonly errors: FieldError[]

  constructor(status: number, body: ProblemBody = {}) {
    super(body.title ?? body.code ?? `HTTP ${status}`)
    this.name = 'Problem'
    this.status = status
    this.code = body.code ?? (status === 0 ? 'network.unreachable' : `http.${status}`)
    this.requestId = body.request_id ?? ''
    this.errors = body.errors ?? []
  }

  // The code of the error at `/values/name` under the key `name`, the last part of the pointer.
  get byField(): Record<string, string> {
    return Object.fromEntries(this.errors.map((error) => [error.pointer.split('/').pop() ?? '', error.code]))
  }

  // Worth trying again unchanged: the network, overload, a timeout.
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500
  }
}

type Query = Record<string, string | number | boolean | null | undefined>

export interface Options {
  query?: Query
  body?: unknown
  // A file sent as it is; its type is the content type.
  file?: Blob
  // Repeating a request with the same key gives the same answer and happens once.
  key?: string
  signal?: AbortSignal
}

// What every request carries; the session and the language set it.
export const carried = { csrf: '', language: 'zh' }

// What the session does when the server does not know it any more, or wants its token anew.
const session = { ended: (): void => undefined, renew: (): Promise<unknown> => Promise.resolve() }
export function onSession(ended: () => void, renew: () => Promise<unknown>): void {
  Object.assign(session, { ended, renew })
}

export function url(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value))
  }
  const text = parameters.toString()
  return `/api/v1${path}${text ? `?${text}` : ''}`
}

// A page opened without a network has no token yet: asked once, then sent again.
export async function send(method: string, path: string, options: Options = {}): Promise<Response> {
  try {
    return await sendOnce(method, path, options)
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'access.csrf') throw error
    await session.renew()
    return sendOnce(method, path, options)
  }
}

async function sendOnce(method: string, path: string, options: Options): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': carried.language }
  const init: RequestInit = { method, headers, credentials: 'same-origin' }
  if (options.file) {
    headers['content-type'] = options.file.type || 'application/octet-stream'
    init.body = options.file
  } else if (options.body !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(options.body)
  }
  if (method !== 'GET') {
    if (carried.csrf) headers['x-csrf-token'] = carried.csrf
    if (options.key) headers['idempotency-key'] = options.key
  }
  if (options.signal) init.signal = options.signal
  let response: Response
  try {
    response = await fetch(url(path, options.query), init)
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new Problem(0)
  }
  if (response.ok) return response
  const body = (await response.json().catch(() => ({}))) as ProblemBody
  if (response.status === 401 && body.code === 'access.sign_in') session.ended()
  throw new Problem(response.status, body)
}

async function json<T>(method: string, path: string, options?: Options): Promise<T> {
  const response = await send(method, path, options)
  const text = await response.text()
  return (text ? JSON.parse(text) : undefined) as T
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> => json<T>('GET', path, { query, signal })
export const post = <T>(path: string, body?: unknown, options: Options = {}): Promise<T> => json<T>('POST', path, { body, ...options })
export const put = <T>(path: string, body: unknown): Promise<T> => json<T>('PUT', path, { body })
export const patch = <T>(path: string, body: unknown): Promise<T> => json<T>('PATCH', path, { body })
export const remove = (path: string, query?: Query): Promise<void> => json<undefined>('DELETE', path, { query })
