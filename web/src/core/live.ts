// Live pages: calls back when the server says that something under a place, or of the own account,
// has changed. Reconnects by itself.
import { onScopeDispose } from 'vue'

// Topics: place:<code>, account:<own id>.
export function useLive(topics: string[], changed: () => void): void {
  if (!('EventSource' in globalThis) || topics.length === 0) return
  const source = new EventSource(`/api/v1/events?topic=${encodeURIComponent(topics.join(','))}`)
  for (const event of ['changed', 'notice']) source.addEventListener(event, changed)
  onScopeDispose(() => source.close())
}
