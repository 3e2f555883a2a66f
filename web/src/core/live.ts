// Live pages: calls back when the server says that something has changed. All pages share one
// connection, which reconnects by itself; changes that come at once are told together.
import { onScopeDispose, watch } from 'vue'

const together_ms = 300

interface Follower {
  topics: string[]
  changed: () => void
  timer?: ReturnType<typeof setTimeout>
}

const followers = new Set<Follower>()
let source: EventSource | undefined
let followed = ''

function tell(): void {
  for (const follower of followers) {
    follower.timer ??= setTimeout(() => {
      follower.timer = undefined
      follower.changed()
    }, together_ms)
  }
}

function connect(): void {
  const topics = [...new Set([...followers].flatMap((follower) => follower.topics))].sort().join(',')
  if (topics === followed) return
  followed = topics
  source?.close()
  source = topics ? new EventSource(`/api/v1/events?topic=${encodeURIComponent(topics)}`) : undefined
  for (const event of ['changed', 'notice']) source?.addEventListener(event, tell)
}

// Topics: place:<code> (cases there), figures:<code>, account:<own id>; those that the actor may read.
export function useLive(topics: () => string[], changed: () => void): void {
  if (!('EventSource' in globalThis)) return
  const follower: Follower = { topics: [], changed }
  followers.add(follower)
  watch(
    () => topics().join(','),
    (names) => {
      follower.topics = names ? names.split(',') : []
      connect()
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(follower.timer)
    followers.delete(follower)
    connect()
  })
}
