// A new version of the face waits until its person agrees to it.
import { ref, shallowRef } from 'vue'

export const updateWaits = ref(false)
const waiting = shallowRef<ServiceWorker>()

export function startServiceWorker(face: string): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const watchWorker = (registration: ServiceWorkerRegistration): void => {
    const { installing } = registration
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && navigator.serviceWorker.controller) offer(installing)
    })
  }
  navigator.serviceWorker.register(`/${face}/sw.js`, { scope: `/${face}/` }).then(
    // Some browsers in tests hand over nothing where workers are blocked.
    (registration: ServiceWorkerRegistration | undefined) => {
      if (!registration) return
      if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting)
      registration.addEventListener('updatefound', () => watchWorker(registration))
    },
    // Refused where the page is not from a secure place: the face then works with a network only.
    () => undefined,
  )
}

function offer(worker: ServiceWorker): void {
  waiting.value = worker
  updateWaits.value = true
}

export function update(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting.value?.postMessage('update')
}
