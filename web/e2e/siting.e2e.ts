// Planners ask where facilities should stand and plan a mobile service; residents read when it comes.
import { resolve } from 'node:path'

import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'

import { findings, overflow, phone, Platform, watchFaults, world } from './platform.ts'

const platform = new Platform()
const village = '620802001008'
const { county } = world.names

async function write(page: Page, kind: string, values: Record<string, unknown>): Promise<string> {
  return page.evaluate(
    async ({ kind, values, village }) => {
      const session = (await (await fetch('/api/v1/session')).json()) as { csrf_token: string }
      const answer = await fetch(`/api/v1/registers/${kind}/records`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrf_token }, body: JSON.stringify({ place: village, values }) })
      if (answer.status !== 201) throw new Error(await answer.text())
      return ((await answer.json()) as { id: string }).id
    },
    { kind, values, village },
  )
}

// Pictures to look at, when SHOTS names a folder.
const shot = async (page: Page, name: string): Promise<void> => {
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/${name}.png`, fullPage: true })
}

beforeAll(async () => {
  await platform.start()
  const page = await platform.worker('operator', 'w')
  for (let i = 0; i < 6; i++) {
    const at = { lon: 106.665 + i * 0.004, lat: 35.543 }
    const dwelling = await write(page, 'dwelling', { address: `保丰路${i + 1}号`, use: 'owner', point: at })
    const household = await write(page, 'household', { head_name: '王一', kind: 'family', dwelling })
    for (let n = 0; n <= i % 3; n++) await write(page, 'person', { name: '王一', residence: 'registered_here', birth_date: '1948-01-01', household })
    if (i === 0) await write(page, 'facility', { name: '保丰车库', kind: 'emergency_depot', in_service: true, point: { lon: 106.66, lat: 35.54 } })
    if (i % 2 === 0) await write(page, 'premises', { name: `旧仓库${i + 1}`, available: true, point: at, cost: 10 })
  }
})
afterAll(() => platform.stop())

it('asks where a service should stand and reads the reasons', async () => {
  const page = await platform.worker('planner', 'p')
  const faults = watchFaults(page)
  await page.goto('/p/siting', { waitUntil: 'networkidle' })
  await page.getByRole('heading', { level: 1, name: '选址测算' }).waitFor()
  await page.getByLabel('生活圈').selectOption('pingliang.life')
  await page.getByLabel('所需服务').selectOption('elderly_care')
  await page.getByLabel('最多新增几处').fill('2')
  await page.getByText('更多条件').click()
  await page.getByLabel('城市分钟数').fill('10')
  await page.getByLabel('农村分钟数').fill('10')
  expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: '开始测算' }).press('Enter')
  await page.getByRole('heading', { name: '选在这里' }).waitFor()
  await page.getByText(/离最优|已证明/).first().waitFor()
  expect(await page.getByText(/旧仓库/).count()).toBeGreaterThan(0)
  await page.getByText(/新增 \d 处/).first().waitFor()
  await page.getByRole('heading', { name: '规划没有规定、测算用到的数字' }).waitFor()
  expect(await findings(page)).toEqual([])
  await shot(page, 'siting-desk')
  await page.emulateMedia({ media: 'print' })
  await shot(page, 'siting-print')
  await page.emulateMedia({ media: 'screen' })
  const answer = page.url()

  // With one button into the plan's ledger.
  await page.getByRole('button', { name: '列入年度任务' }).click()
  await page.getByRole('textbox', { name: '编号' }).fill('9')
  await page.getByLabel('责任单位').fill('民政局')
  await page.getByLabel('期限').fill('2026-12-31')
  expect(await page.getByRole('textbox', { name: /^任务/ }).inputValue()).toMatch(/^新建.*旧仓库/)
  expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已列入年度任务').waitFor()

  // And onto the workbench, as drawn; it is there again after a reload.
  await page.getByRole('button', { name: '在生活圈里试' }).click()
  const changes = page.getByRole('list', { name: '已试的改动' }).getByRole('listitem')
  for (const again of [false, true]) {
    if (again) await page.reload()
    await changes.first().waitFor()
    expect(await changes.count()).toBeGreaterThan(0)
    expect(await changes.first().textContent()).toContain('旧仓库')
  }
  await page.locator('.verdict .delta').waitFor()
  await shot(page, 'siting-workbench')

  const small = await platform.worker('planner', 'p', phone)
  await small.goto(answer, { waitUntil: 'networkidle' })
  await small.getByRole('heading', { name: '选在这里' }).waitFor()
  expect(await overflow(small)).toBe(0)
  await shot(small, 'siting-phone')
  await page.goto(`/p/siting?place=${county}`, { waitUntil: 'networkidle' })
  await page.getByRole('link', { name: /养老服务/ }).first().waitFor()
  await shot(page, 'siting-ask')
  expect(faults).toEqual([])
})

it('plans a mobile service, publishes it, and a resident reads when it comes', async () => {
  const page = await platform.worker('planner', 'p')
  const faults = watchFaults(page)
  await page.goto('/p/rounds', { waitUntil: 'networkidle' })
  await page.getByLabel('服务名称').fill('流动诊室')
  await page.getByLabel('生活圈').selectOption('pingliang.life')
  await page.getByLabel('补哪项服务的缺').selectOption('health')
  // From a facility of the register, or from a spot on the map.
  const search = page.getByLabel('从设施档案里找')
  await search.fill('bfck')
  await search.press('Enter')
  await page.getByRole('button', { name: '保丰车库' }).click()
  await page.getByText(/保丰车库（纬度 35\.54000，经度 106\.66000）/).waitFor()
  await page.locator('.canvas[aria-busy="false"] canvas').first().waitFor()
  await page.locator('.canvas canvas').first().click({ position: { x: 120, y: 90 } })
  await page.getByText(/地图上的位置（纬度/).waitFor()
  await page.getByRole('button', { name: '保丰车库' }).click()
  expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: '排方案' }).press('Enter')
  await page.getByRole('heading', { name: '发布为时刻表' }).waitFor()
  expect(await findings(page)).toEqual([])
  await page.getByText('从保丰车库出发').waitFor()
  await shot(page, 'round-desk')
  await page.emulateMedia({ media: 'print' })
  await shot(page, 'round-print')
  await page.emulateMedia({ media: 'screen' })
  const small = await platform.worker('planner', 'p', phone)
  await small.goto(page.url(), { waitUntil: 'networkidle' })
  await small.getByRole('heading', { name: '发布为时刻表' }).waitFor()
  expect(await overflow(small)).toBe(0)
  await shot(small, 'round-phone')
  await small.goto('/p/rounds', { waitUntil: 'networkidle' })
  expect(await overflow(small)).toBe(0)
  await shot(small, 'rounds-phone')
  await page.getByRole('button', { name: '发布为时刻表' }).press('Enter')
  await page.getByRole('heading', { name: '已发布的时刻表' }).waitFor()
  await page.getByText('撤下').first().waitFor()
  expect(faults).toEqual([])

  const context = await platform.context(phone)
  await context.addInitScript(`localStorage.setItem('linli.preferences', JSON.stringify({ place: '${village}', place_name: '保丰路社区' }))`)
  const resident = await context.newPage()
  await resident.goto('/r/mobile', { waitUntil: 'networkidle' })
  await resident.getByRole('heading', { name: '流动诊室' }).first().waitFor()
  expect(await resident.getByText('每周都来').count()).toBeGreaterThan(0)
  expect(await findings(resident)).toEqual([])
  expect(await overflow(resident)).toBe(0)
  await shot(resident, 'mobile-phone')
  // The whole timetable, one tap away.
  await resident.getByRole('link', { name: '看全部站点和时间' }).first().click()
  await resident.getByRole('cell', { name: /^\d\d:\d\d–\d\d:\d\d$/ }).first().waitFor()
  expect(await findings(resident)).toEqual([])
  expect(await overflow(resident)).toBe(0)
  await shot(resident, 'timetable-phone')
})

it('names whose map it is', async () => {
  platform.importMap(resolve('..', 'tests/data/osm/shanghai-centre.osm.gz'))
  const page = await platform.worker('planner', 'p')
  await page.goto('/p/siting', { waitUntil: 'networkidle' })
  await page.getByLabel('生活圈').selectOption('pingliang.life')
  await page.getByLabel('所需服务').selectOption('elderly_care')
  await page.getByText('更多条件').click()
  await page.getByLabel('城市分钟数').fill('10')
  await page.getByLabel('农村分钟数').fill('10')
  await page.getByRole('button', { name: '开始测算' }).press('Enter')
  await page.getByRole('heading', { name: '选在这里' }).waitFor()
  await page.locator('figcaption', { hasText: '© OpenStreetMap contributors' }).waitFor()
  await page.goto(`/p/circles?place=${village.slice(0, 9)}&circle=pingliang.life`, { waitUntil: 'networkidle' })
  await page.locator('figcaption', { hasText: '© OpenStreetMap contributors' }).waitFor()
})
