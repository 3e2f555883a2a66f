// Circles: the residents' guide by list, voice and map, on a phone, in large type, without a network.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { desk, findings, overflow, phone, Platform, watchFaults, world } from './platform.ts'

const platform = new Platform()
const { village } = world.names

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

async function addFacility(page: Page, values: object): Promise<void> {
  const status = await page.evaluate(
    async ([place, body]) => {
      const { csrf_token } = (await (await fetch('/api/v1/session')).json()) as { csrf_token: string }
      const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf_token }
      return (await fetch('/api/v1/registers/facility/records', { method: 'POST', headers, body: JSON.stringify({ place, values: body }) })).status
    },
    [village, values] as const,
  )
  expect(status).toBe(201)
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
  const { lon, lat } = await startOf(resident)
  const worker = await platform.worker('worker')
  const point = (metres: number): Spot => ({ lon, lat: lat + metres / 111_195 })
  await addFacility(worker, { name: '中街药店', kind: 'pharmacy', point: point(100), in_service: true, address: '中街3号', phone: '0933-8210002' })
  await addFacility(worker, { name: '中街便利店', kind: 'convenience_shop', point: point(200), in_service: true })
  await addFacility(worker, { name: '远处理发店', kind: 'hairdresser', point: point(1500), in_service: true })
  await addFacility(worker, { name: '已停用便利店', kind: 'convenience_shop', point: point(50), in_service: false })
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
  expect(spoken).toContain('便利店，最近的是中街便利店')
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
