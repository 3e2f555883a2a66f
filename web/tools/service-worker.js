// The service worker of one face. It keeps that face's files of one version; pages opened without
// a network get them from here; large files that not everybody needs are kept
// once used. A new version waits until the person agrees ("update" message).
const face = __FACE__
const cacheName = `linli-${face}-${__VERSION__}`
const files = __FILES__
const late = __LATE__
const shell = `/${face}/index.html`

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(cacheName).then((cache) =>
      cache.addAll(files.map((file) => new Request(file, { cache: file.startsWith('/assets/') ? 'default' : 'reload' }))),
    ),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith(`linli-${face}-`) && name !== cacheName).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('message', (event) => {
  if (event.data === 'update') self.skipWaiting()
})

async function keptOnceUsed(request) {
  const kept = await caches.match(request.url)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await (await caches.open(cacheName)).put(request.url, answer.clone())
  return answer
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin || request.headers.has('range')) return
  if (request.mode === 'navigate') {
    if (url.pathname === `/${face}` || url.pathname.startsWith(`/${face}/`)) event.respondWith(caches.match(shell).then((kept) => kept ?? fetch(request)))
    return
  }
  if (files.includes(url.pathname)) event.respondWith(caches.match(url.pathname).then((kept) => kept ?? fetch(request)))
  else if (late.includes(url.pathname)) event.respondWith(keptOnceUsed(request))
})
