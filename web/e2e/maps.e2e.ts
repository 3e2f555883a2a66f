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
