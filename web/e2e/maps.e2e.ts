// Maps: drawn from our own server alone, with names from the device's fonts, beside a list that
// says the same; and a sentence in their place where nothing can draw them.
import { mkdirSync } from 'node:fs'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { desk, findings, overflow, phone, Platform, watchFaults, world } from './platform.ts'

const platform = new Platform()
const { village = '' } = world.names
const shots = process.env['LINLI_SHOTS']
if (shots) mkdirSync(shots, { recursive: true })
const shoot = async (page: Page, name: string): Promise<void> => void (shots && (await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })))
const drawn = (page: Page): Promise<void> => page.locator('.canvas[aria-busy=false]').waitFor()

// Facilities around a spot of Pingliang.
async function facilities(page: Page, count: number): Promise<void> {
  const answers = await page.evaluate(
    async ([place, count]) => {
      const session = (await (await fetch('/api/v1/session')).json()) as { csrf_token: string }
      return Promise.all(
        Array.from({ length: count }, async (_, at) => {
          const id = `0195a000-0000-7000-8000-${String(at).padStart(12, '0')}`
          const values = { name: `长者食堂${at + 1}号`, kind: 'elderly_canteen', in_service: true, point: { lon: 106.6 + 0.01 * at, lat: 35.54 + 0.003 * (at % 3) } }
          const answer = await fetch('/api/v1/registers/facility/records', { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrf_token, 'idempotency-key': id }, body: JSON.stringify({ id, place, values }) })
          return answer.ok ? '' : `${answer.status} ${await answer.text()}`
        }),
      )
    },
    [village, count] as const,
  )
  expect(answers.filter(Boolean)).toEqual([])
}

beforeAll(async () => {
  await platform.start()
  await facilities(await platform.worker('worker'), 6)
})
afterAll(() => platform.stop())

it.each([
  ['a desk', desk],
  ['a phone', phone],
] as const)('show a register on %s, and nothing is asked from elsewhere', async (name, options) => {
  const page = await platform.worker('worker', 'w', options)
  const faults = watchFaults(page)
  const elsewhere: string[] = []
  page.on('request', (request) => void (new URL(request.url()).origin === platform.url || /^(data|blob):/.test(request.url()) || elsewhere.push(request.url())))
  await page.goto('/w/registers/facility')
  await page.getByRole('button', { name: '看地图' }).click()
  await page.getByRole('region', { name: '设施地图' }).first().waitFor()
  await drawn(page)
  await shoot(page, `register-map-${name.replace(' ', '-')}`)
  expect(await findings(page)).toEqual([])
  expect(await overflow(page)).toBe(0)
  expect(elsewhere).toEqual([])
  expect(faults).toEqual([])
})

it('colour places by a figure of the plans or circles, beside a table that says the same', async () => {
  const page = await platform.worker('planner', 'p')
  const faults = watchFaults(page)
  const asked: string[] = []
  page.on('request', (request) => void asked.push(new URL(request.url()).pathname + new URL(request.url()).search))
  await page.goto('/p/map')
  await page.getByLabel('来自').selectOption({ label: '健身圈 · 平凉市“十四五”城乡社区服务体系建设规划' })
  await page.getByLabel('指标', { exact: true }).selectOption({ label: '全部所需服务 · 全部居民' })
  expect(new URL(page.url()).searchParams.get('layer')).toBe('circle.pingliang.fitness.complete.everyone')
  const table = page.getByRole('table', { name: '全部所需服务 · 全部居民' })
  await table.getByRole('link', { name: '东关街道' }).waitFor()
  await table.getByText('暂无数据').first().waitFor()
  await drawn(page)
  await shoot(page, 'figure-map-desk')
  // The map's shapes and the table's values are of the same places.
  const { county } = world.names
  expect(asked).toContain(`/api/v1/places/${county}/outline`)
  expect(asked).toContain(`/api/v1/tiles/circle.pingliang.fitness.complete.everyone/places?parent=${county}`)
  expect(await findings(page)).toEqual([])
  expect(await overflow(page)).toBe(0)
  await table.getByRole('link', { name: '东关街道' }).press('Enter')
  await page.getByRole('heading', { level: 1, name: '东关街道' }).waitFor()
  await page.getByRole('table').getByRole('link', { name: '解放中路社区居委会' }).waitFor()
  await drawn(page)
  expect(faults).toEqual([])
})

it('are taken along and drawn without a network', async () => {
  const context = await platform.context({ ...phone, serviceWorkers: 'allow' })
  const page = await platform.worker('worker', 'w', phone, context)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.goto('/w/map')
  await page.getByText('还没有存下地图').waitFor()
  await page.getByRole('button', { name: '存到这台设备' }).click()
  const kept = page.getByRole('region', { name: '已存的地图' })
  await kept.getByText('解放中路社区居委会').waitFor()
  await kept.getByText(/[KM]B/).waitFor()
  await page.getByRole('region', { name: '解放中路社区居委会的地图' }).first().waitFor()
  await drawn(page)
  await shoot(page, 'taken-map-phone')
  expect(await findings(page)).toEqual([])
  expect(await overflow(page)).toBe(0)

  await context.setOffline(true)
  await page.reload()
  await page.getByText('现在没有网络，用的是存在这台设备上的地图。').waitFor()
  await kept.getByText('解放中路社区居委会').waitFor()
  await drawn(page)
  await shoot(page, 'taken-map-offline')
  expect(await page.getByText('地图有一部分没有取到').count()).toBe(0)
  await kept.getByRole('button', { name: '删除' }).click()
  await page.getByText('还没有存下地图').waitFor()
})

it('say so where nothing can draw them', async () => {
  const context = await platform.context(desk)
  await context.addInitScript(() => {
    const canvas = HTMLCanvasElement.prototype
    canvas.getContext = () => null
  })
  const page = await platform.worker('worker', 'w', desk, context)
  await page.goto('/w/registers/facility')
  await page.getByRole('button', { name: '看地图' }).click()
  await page.getByText('这台设备不能显示地图').waitFor()
  await page.getByRole('link', { name: '长者食堂1号' }).waitFor()
  expect(await findings(page)).toEqual([])
})
