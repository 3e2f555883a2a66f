// Live pages: calls back when the server says that a topic has news. Reconnects by itself.
import { onScopeDispose } from 'vue'

export function useLive(topics: string[], changed: (topic: string, data: string) => void): void {
  if (!('EventSource' in globalThis) || topics.length === 0) return
  const query = topics.map((topic) => `topic=${encodeURIComponent(topic)}`).join('&')
  const source = new EventSource(`/api/v1/events?${query}`)
  const told = (event: MessageEvent<string>): void => changed(event.type, event.data)
  source.addEventListener('message', told)
  topics.forEach((topic) => source.addEventListener(topic, told as EventListener))
  onScopeDispose(() => source.close())
}
