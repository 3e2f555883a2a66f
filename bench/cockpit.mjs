// What the cockpit asks of the server when it opens and when one goes down a place, one after the
// other, and how long each whole view takes.   node bench/cockpit.mjs URL SIGN-INS REGION [VIEWS]
import { readFileSync } from 'node:fs'

const [url, file, region, views = '40'] = process.argv.slice(2)
const [, name, password] = readFileSync(file, 'utf8').split('\n').map((line) => line.split('\t')).find(([role]) => role === 'planner')
const signed = await fetch(`${url}/api/v1/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, password }) })
if (!signed.ok) throw new Error(`sign-in: ${signed.status} ${await signed.text()}`)
const cookie = signed.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ')

const taken = {}
async function ask(path) {
  const start = performance.now()
  const answer = await fetch(`${url}/api/v1${path}`, { headers: { cookie } })
  const body = await answer.json()
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  const ms = performance.now() - start
  const kind = path.replace(/\?.*/, '').replace(/\d{2,}/g, 'N')
  ;(taken[kind] ??= []).push(ms)
  return body
}
const p95 = (times) => [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1]

const plans = (await ask('/plans')).items.map(({ key }) => key)
const measures = 'persons'
// A browser asks what it needs at once.
async function firstView(place) {
  const start = performance.now()
  await Promise.all([ask(`/places/${place}`), ask(`/service-figures?place=${place}&period=${new Date().getFullYear()}`), ask(`/measures/values?keys=${measures}&children_of=${place}&period=now`), ...plans.flatMap((plan) => [ask(`/plans/${plan}/indicators?place=${place}`), ask(`/plans/${plan}/outlook?place=${place}`)])])
  return performance.now() - start
}
async function drillDown(place) {
  const start = performance.now()
  const key = `${plans[0]}.1`
  await Promise.all([ask(`/plans/${plans[0]}/indicators/${key}/places?parent=${place}`), ask(`/plans/${plans[0]}/indicators/${key}/why?place=${place}`)])
  return performance.now() - start
}

await firstView(region)
const first = []
const down = []
for (let at = 0; at < Number(views); ++at) {
  first.push(await firstView(region))
  const { items } = await ask(`/places/${region}/children`)
  down.push(await drillDown(items[at % items.length].code))
}
const said = { plans: plans.length, views: Number(views), first_view_p95_ms: p95(first), drill_down_p95_ms: p95(down), each_p95_ms: Object.fromEntries(Object.entries(taken).map(([path, times]) => [path, Math.round(p95(times) * 10) / 10])) }
console.log(JSON.stringify(said, null, 2))
