// How long the drawing of whole townships takes through the API, from the question to the answer,
// with what comes out: communities, grids, households, and what is wrong with them (sizes beyond the
// rule). The first townships of a county: those of its towns, then those of villages.
//   node bench/drawing.mjs URL SIGN-INS COUNTY [TOWNSHIPS]
import { readFileSync } from 'node:fs'

const [url, file, county, most = '4'] = process.argv.slice(2)
const [, name, password] = readFileSync(file, 'utf8').split('\n').map((line) => line.split('\t')).find(([role]) => role === 'planner')
const signed = await fetch(`${url}/api/v1/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, password }) })
if (!signed.ok) throw new Error(`sign-in: ${signed.status} ${await signed.text()}`)
const headers = { 'content-type': 'application/json', cookie: signed.headers.getSetCookie().map((one) => one.split(';')[0]).join('; '), 'x-csrf-token': (await signed.json()).csrf_token }

async function ask(method, path, body) {
  const answer = await fetch(`${url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}
const rest = (ms) => new Promise((done) => setTimeout(done, ms))

// Where no plan sets a size: as towns of the nation mostly divide.
const rule = { least: 300, most: 500 }
async function draw(township) {
  const begun = performance.now()
  const { id } = await ask('POST', `/places/${township.code}/division/drawing`, { rule })
  for (;;) {
    const found = await ask('GET', `/computations/${id}`)
    if (found.state === 'finished') {
      const { items, skipped } = found.answer
      const sum = (key) => items.reduce((all, one) => all + one[key], 0)
      return { township: township.name, seconds: Math.round(performance.now() - begun) / 1000, communities: items.length, skipped: skipped.length, households: sum('households'), grids: sum('grids'), faults: sum('faults') }
    }
    if (found.state !== 'waiting' && found.state !== 'running') throw new Error(`${township.name}: ${found.state} ${found.code}`)
    await rest(50)
  }
}

const townships = []
for (let after = ''; after !== null;) {
  const page = await ask('GET', `/places/${county}/children?limit=200${after && `&after=${encodeURIComponent(after)}`}`)
  townships.push(...page.items)
  after = page.next ?? null
}
const drawn = []
for (const township of townships) {
  if (drawn.length >= Number(most)) break
  const one = await draw(township)
  if (one.communities > 0) drawn.push(one)
}
console.table(drawn)
const seconds = drawn.map((one) => one.seconds).sort((a, b) => a - b)
console.log(JSON.stringify({ townships: drawn.length, median_s: seconds[Math.floor(seconds.length / 2)], slowest_s: seconds.at(-1), each: drawn }))
