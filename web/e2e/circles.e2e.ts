// Circles: the residents' guide by list, voice and map, on a phone, in large type, without a network.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { desk, findings, overflow, phone, Platform, watchFaults, world } from './platform.ts'

const platform = new Platform()
const { village, township } = world.names
let start: Spot = { lon: 0, lat: 0 }
const metresEast = (metres: number): Spot => ({ lon: start.lon + metres / 111_195 / Math.cos((start.lat * Math.PI) / 180), lat: start.lat })

interface Spot {
  lon: number
  lat: number
}

// Where the guide starts from: seen by what it asks.
async function startOf(page: Page): Promise<Spot> {
  const reach = '**/circles/reach?*'
  const start = new Promise<Spot>((found) => {
    void page.route(reach, (route) => {
      const query = new URL(route.request().url()).searchParams
      found({ lon: Number(query.get('lon')), lat: Number(query.get('lat')) })
      return route.abort()
    })
  })
  await page.goto('/r/circle')
  return start
}

async function add(page: Page, kind: string, values: object): Promise<string> {
  const [status, id] = await page.evaluate(
    async ([kind, place, body]) => {
      const { csrf_token } = (await (await fetch('/api/v1/session')).json()) as { csrf_token: string }
      const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf_token }
      const answer = await fetch(`/api/v1/registers/${kind}/records`, { method: 'POST', headers, body: JSON.stringify({ place, values: body }) })
      return [answer.status, ((await answer.json()) as { id: string }).id] as const
    },
    [kind, village, values] as const,
  )
  expect(status).toBe(201)
  return id
}
const addFacility = (page: Page, values: object): Promise<string> => add(page, 'facility', values)

// A grid of streets around a spot, a block every 100 m, as an OpenStreetMap file.
function streets({ lon, lat }: Spot): string {
  const side = 61
  const at = (index: number): number => (index - (side - 1) / 2) * 100
  const shrink = Math.cos((lat * Math.PI) / 180)
  const id = (x: number, y: number): number => 1 + y * side + x
  const all = Array.from({ length: side }, (_, index) => index)
  const nodes = all.flatMap((y) => all.map((x) => `<node id="${id(x, y)}" version="1" lat="${(lat + at(y) / 111_195).toFixed(7)}" lon="${(lon + at(x) / 111_195 / shrink).toFixed(7)}"/>`))
  const way = (number: number, refs: number[]): string => `<way id="${number}" version="1">${refs.map((ref) => `<nd ref="${ref}"/>`).join('')}<tag k="highway" v="residential"/></way>`
  const ways = all.flatMap((line) => [way(10_000 + line, all.map((x) => id(x, line))), way(20_000 + line, all.map((y) => id(line, y)))])
  return `<?xml version="1.0"?><osm version="0.6">${nodes.join('')}${ways.join('')}</osm>`
}

const preferences = (elder: boolean): string => `localStorage.setItem('linli.preferences', JSON.stringify({ place: '${village}', place_name: 'home', elder_view: ${elder} }))`
const voice = `
  window.spoken = []
  Object.defineProperty(window, 'speechSynthesis', { value: { cancel() {}, speak: (one) => window.spoken.push(one.text) } })
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }`

beforeAll(async () => {
  await platform.start()
  const context = await platform.context(phone)
  await context.addInitScript(preferences(false))
  const resident = await context.newPage()
  start = await startOf(resident)
  const { lon, lat } = start
  const worker = await platform.worker('worker')
  const point = (metres: number): Spot => ({ lon, lat: lat + metres / 111_195 })
  await addFacility(worker, { name: '中街药店', kind: 'pharmacy', point: point(100), in_service: true, address: '中街3号', phone: '0933-8210002' })
  await addFacility(worker, { name: '中街便利店', kind: 'convenience_shop', point: point(200), in_service: true })
  await addFacility(worker, { name: '远处理发店', kind: 'hairdresser', point: point(1500), in_service: true })
  await addFacility(worker, { name: '已停用便利店', kind: 'convenience_shop', point: point(50), in_service: false })
  // Who lives there: three families around the spot, and one whose home nobody has registered.
  for (const [at, family] of [[0, '赵'], [120, '钱'], [-150, '孙'], [null, '李']] as const) {
    const dwelling = at === null ? undefined : await add(worker, 'dwelling', { address: `中街${family}家`, use: 'owner', point: metresEast(at) })
    const household = await add(worker, 'household', { head_name: `${family}一`, kind: 'family', dwelling })
    for (const name of ['一', '二']) await add(worker, 'person', { name: family + name, residence: 'registered_here', household, birth_date: name === '一' ? '1940-01-01' : '1990-01-01' })
  }
  await addFacility(worker, { name: '东头健身点', kind: 'fitness_point', point: metresEast(1900), in_service: true })
})
afterAll(() => platform.stop())

it('tell a resident what is near, what is missing and how to call', async () => {
  const context = await platform.context(phone)
  await context.addInitScript(preferences(false))
  const page = await context.newPage()
  const faults = watchFaults(page)
  await page.goto('/r/')
  await page.getByRole('link', { name: /^附近的服务/ }).click()
  await page.getByText('中街药店').waitFor()
  expect(await page.getByText('已停用便利店').count()).toBe(0)
  expect(await page.getByRole('link', { name: /0933-8210002/ }).getAttribute('href')).toBe('tel:0933-8210002')
  const missing = page.getByRole('heading', { name: '还缺的服务' }).locator('..')
  await missing.getByText(/最近的是远处理发店/).waitFor()
  expect(await missing.getByText('便利店', { exact: true }).count()).toBe(0)
  await page.getByText('时间按直线距离估算').waitFor()
  await page.getByLabel(/找服务/).fill('zjyd')
  await page.getByText('中街便利店').waitFor({ state: 'detached' })
  await page.getByText('中街药店').waitFor()
  expect(await findings(page)).toEqual([])
  expect(await overflow(page)).toBe(0)
  expect(faults).toEqual([])
})

it('go by another way and time, from a spot on the map chosen by keyboard', async () => {
  const context = await platform.context(desk)
  await context.addInitScript(preferences(false))
  const page = await context.newPage()
  await page.goto('/r/circle')
  await page.getByText('中街药店').waitFor()
  await page.getByText('换个起点、走法或时间').focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('怎么走').selectOption('cycle')
  await page.getByText('远处理发店').waitFor()
  await page.getByText(/自行车 15 分钟/).waitFor()
  await page.getByLabel('在图上指一处').check({ force: true })
  const shape = page.getByRole('button', { name: '解放中路社区居委会', exact: true })
  await shape.focus()
  await page.keyboard.press('Enter')
  await page.getByText(/从图上选定的位置出发/).waitFor()
  await page.getByText('中街药店').waitFor()
  expect(await findings(page)).toEqual([])
})

it('take the position of the device only when asked, and do without it', async () => {
  const context = await platform.context({ ...phone, geolocation: { longitude: 100, latitude: 10 }, permissions: ['geolocation'] })
  await context.addInitScript(preferences(false))
  const page = await context.newPage()
  await page.goto('/r/circle')
  await page.getByText('中街药店').waitFor()
  await page.getByText('换个起点、走法或时间').click()
  await page.getByText('我现在的位置').click()
  await page.getByText('这个时间里走不到任何已登记的服务').or(page.getByText('还缺的服务')).first().waitFor()
  await page.getByText(/从我现在的位置出发/).waitFor()
})

it('read in large type and aloud', async () => {
  const context = await platform.context(phone)
  await context.addInitScript(preferences(true) + ';' + voice)
  const page = await context.newPage()
  await page.goto('/r/circle')
  await page.getByText('中街药店').waitFor()
  await page.getByRole('button', { name: '读给我听' }).click()
  const spoken = await page.evaluate(() => (globalThis as unknown as { spoken: string[] }).spoken.join())
  expect(spoken).toContain('零售，最近的是中街便利店')
  expect(spoken).toContain('还缺：')
  expect(await findings(page)).toEqual([])
  expect(await overflow(page)).toBe(0)
})

it('show the map beside the list to who wants it', async () => {
  const context = await platform.context(desk)
  await context.addInitScript(preferences(false))
  const page = await context.newPage()
  const faults = watchFaults(page)
  await page.goto('/r/circle')
  await page.getByText('中街药店').waitFor()
  await page.getByRole('button', { name: '看地图' }).click()
  await page.getByRole('region', { name: /周围 15 分钟/ }).waitFor()
  await page.locator('[aria-busy=false]').first().waitFor()
  expect(await findings(page)).toEqual([])
  expect(faults).toEqual([])
})

it('keep the last answer for when there is no network', async () => {
  const context = await platform.context({ ...phone, serviceWorkers: 'allow' })
  await context.addInitScript(preferences(false))
  const page = await context.newPage()
  await page.goto('/r/circle')
  await page.getByText('中街药店').waitFor()
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await context.setOffline(true)
  await page.reload()
  await page.getByText(/现在没有网络，这是今天/).waitFor()
  await page.getByText('中街药店').waitFor()
})

it('show workers which households have no service in reach, and hand the list over', async () => {
  const page = await platform.worker('worker')
  await page.goto('/w/gaps?kind=fitness_point')
  await page.getByRole('link', { name: '赵一' }).waitFor()
  await page.getByText('住处未登记').waitFor()
  expect(await findings(page)).toEqual([])
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出表格' }).click()])
  expect(download.suggestedFilename()).toContain('.csv')
  await page.getByLabel('缺哪种服务').selectOption('pharmacy')
  await page.getByRole('link', { name: '赵一' }).waitFor({ state: 'detached' })
  await page.goto('/w/gaps?kind=fitness_point')
  await page.getByRole('link', { name: '钱一' }).click()
  await page.getByRole('heading', { name: '钱一' }).waitFor()
})

const workbench = `/p/circles?place=${township}&circle=pingliang.fitness`

it('show planners who is in reach by the straight line, and say that it is an estimate', async () => {
  const page = await platform.worker('planner', 'p')
  const faults = watchFaults(page)
  await page.goto(workbench)
  await page.getByText(/8 位住处已定位的居民中，0 位/).waitFor()
  await page.getByText(/没有街道地图，按直线估算/).waitFor()
  await page.locator('[aria-busy=false]').first().waitFor()
  expect(await findings(page)).toEqual([])
  expect(faults).toEqual([])
})

it('move a facility by keyboard, undo, add, close and open a path', async () => {
  platform.importStreets(streets(start))
  const page = await platform.worker('planner', 'p')
  await page.goto(workbench)
  await page.getByText(/按街道实际走法/).waitFor()
  const figure = page.locator('.verdict b')
  const share = async (text: string): Promise<void> => figure.filter({ hasText: text }).waitFor()
  await share('0%')
  await page.getByLabel('设施', { exact: true }).selectOption({ label: '东头健身点' })
  await page.getByLabel('经度, 纬度').fill(`${metresEast(50).lon}, ${start.lat}`)
  await page.getByRole('button', { name: '移到', exact: true }).first().press('Enter')
  await share('100%')
  await page.getByText('+100 个百分点').first().waitFor()
  await page.getByText('移动：东头健身点').first().waitFor()
  await page.getByRole('button', { name: '撤销一步' }).press('Enter')
  await share('0%')
  await page.getByLabel('设施', { exact: true }).selectOption('')
  await page.getByLabel('在社区（村）中心新增').selectOption(village ?? '')
  await page.getByRole('button', { name: '新增', exact: true }).press('Enter')
  await share('100%')
  await page.getByRole('button', { name: '关闭', exact: true }).press('Enter')
  await share('0%')
  // By arrow keys, on the map.
  await page.getByRole('button', { name: '东头健身点' }).focus()
  for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowLeft')
  await page.getByText('移动：东头健身点').first().waitFor()
  expect(await findings(page)).toEqual([])
})

it('arrow keys move a point where they point to, finely with Shift, and what moved is read out', async () => {
  const page = await platform.worker('planner', 'p')
  await page.goto(workbench)
  await page.locator('[aria-busy=false]').first().waitFor()
  const marker = page.getByRole('button', { name: '东头健身点', exact: true })
  const said = page.getByRole('status').filter({ hasText: '东头健身点 已移到' })
  const press = async (keys: string): Promise<Spot> => {
    const before = (await said.count()) > 0 ? await said.textContent() : ''
    await marker.focus()
    await page.keyboard.press(keys)
    await page.waitForFunction((before) => [...document.querySelectorAll('[role=status]')].some(({ textContent }) => textContent?.includes('已移到') && textContent !== before), before)
    const [, lat, lon] = /北纬 ([\d.]+)，东经 ([\d.]+)/.exec((await said.textContent()) ?? '') ?? []
    return { lon: Number(lon), lat: Number(lat) }
  }
  const first = await press('ArrowRight')
  const east = await press('ArrowRight')
  expect(east.lon).toBeGreaterThan(first.lon)
  expect(east.lat).toBeCloseTo(first.lat, 4)
  const north = await press('ArrowUp')
  expect(north.lat).toBeGreaterThan(east.lat)
  expect(north.lon).toBeCloseTo(east.lon, 4)
  const fine = await press('Shift+ArrowLeft')
  const back = await press('ArrowLeft')
  const [small, large] = [north.lon - fine.lon, fine.lon - back.lon]
  expect(small).toBeGreaterThan(0)
  expect(large / small).toBeGreaterThan(4)
  const south = await press('ArrowDown')
  expect(south.lat).toBeLessThan(back.lat)
  // The map under it stays where it is, and the figures follow where it came to rest.
  await page.getByRole('list', { name: '已试的改动' }).getByText('移动：东头健身点').waitFor()
})

it('drag a facility and see the figure move under the hand', async () => {
  const page = await platform.worker('planner', 'p')
  await page.goto(workbench)
  await page.locator('.verdict b').filter({ hasText: '0%' }).waitFor()
  await page.locator('[aria-busy=false]').first().waitFor()
  const marker = page.getByRole('button', { name: '东头健身点' })
  await marker.scrollIntoViewIfNeeded()
  const box = await marker.boundingBox()
  if (!box) throw new Error('the facility is not on the map')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (let step = 1; step <= 40; step++) await page.mouse.move(x - step, y)
  await page.mouse.up()
  await page.getByRole('list', { name: '已试的改动' }).getByText('移动：东头健身点').waitFor()
  const times = await page.evaluate(() => performance.getEntriesByName('circle-trial').map(({ duration }) => duration).sort((a, b) => a - b))
  const at = (share: number): string => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(1)
  process.stdout.write(`from mouse move to new figure: ${times.length} times, fastest ${at(0)} ms, median ${at(0.5)} ms, p95 ${at(0.95)} ms\n`)
  expect(times.length).toBeGreaterThan(5)
  // The target is 100 ms; a busy machine that draws maps without a graphics card is held to less.
  expect(Number(at(0))).toBeLessThan(1000)
})
