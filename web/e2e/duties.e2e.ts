// What places owe under a plan, as planners and those who answer go through it.
import { afterAll, beforeAll, expect, it } from 'vitest'

import { findings, Platform, watchFaults, world } from './platform.ts'

const platform = new Platform()
beforeAll(() => platform.start())
afterAll(() => platform.stop())

const { county, township } = world.names
const due = `${new Date().getFullYear()}-12-31`

it('hands a target down by a rule, corrects one, and keeps the reason', async () => {
  const page = await platform.worker('planner', 'p')
  const faults = watchFaults(page)
  await page.goto(`/p/plan/pingliang/targets?key=pingliang.2&place=${county}`, { waitUntil: 'networkidle' })
  await page.getByLabel('分解办法').selectOption('equal')
  await page.getByLabel('总目标').fill('100')
  await page.getByRole('button', { name: '按办法算一遍' }).click()
  const first = page.getByLabel('目标 东关街道')
  await page.waitForFunction(() => [...document.querySelectorAll<HTMLInputElement>('input.target')].every(({ value }) => value !== ''))
  expect(await first.inputValue()).toBe('100')
  await page.getByLabel(/理由|原因/).fill('按市里要求')
  expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: '目标分解' }).click()
  await page.getByText('已保存').waitFor()
  await page.goto(`/p/plan/pingliang/targets?key=pingliang.2&place=${township}`, { waitUntil: 'networkidle' })
  await page.getByText('按市里要求').waitFor()
  expect(faults).toEqual([])
})

it('writes a task into the yearly list and proof into its ledger', async () => {
  const page = await platform.worker('planner', 'p')
  const faults = watchFaults(page)
  await page.goto('/p/tasks', { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: '新增任务' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '任务' }).fill('建成 3 个村级综合服务中心')
  await dialog.getByLabel('编号').fill('1')
  await dialog.getByLabel('责任单位').fill('民政局')
  await dialog.getByLabel('期限').fill(due)
  expect(await findings(page)).toEqual([])
  await dialog.getByRole('button', { name: '保存' }).click()
  await page.getByRole('link', { name: /村级综合服务中心/ }).click()
  await page.getByRole('heading', { name: '工作台账' }).waitFor()
  expect(await findings(page)).toEqual([])
  expect(faults).toEqual([])
})

it('asks a township for a value, which it answers', async () => {
  const page = await platform.worker('planner', 'p')
  await page.goto('/p/value-requests', { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: '要求填报' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('指标').selectOption({ index: 1 })
  await dialog.getByLabel('东关街道').check()
  await dialog.getByLabel('期限').fill(due)
  await dialog.getByLabel('说明').fill('年底汇总')
  expect(await findings(page)).toEqual([])
  await dialog.getByRole('button', { name: '发出' }).click()
  await page.getByText('已保存').waitFor()
  await page.getByRole('table').getByRole('link').first().waitFor()
  const answering = await platform.worker('dispatcher', 'p')
  await answering.goto('/p/value-requests', { waitUntil: 'networkidle' })
  await answering.getByRole('tab', { name: '待填报' }).click()
  await answering.getByRole('table').getByRole('link').first().click()
  await answering.getByRole('heading', { name: '填报' }).waitFor()
  await answering.getByLabel(/现值/).fill('5')
  await answering.getByLabel('依据').fill('街道统计年报')
  expect(await findings(answering)).toEqual([])
  await answering.getByRole('button', { name: '提交' }).click()
  await answering.getByText('街道统计年报').first().waitFor()

  await page.getByRole('tab', { name: '待审核' }).click()
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('heading', { name: '审核' }).waitFor()
  expect(await findings(page)).toEqual([])
  await page.getByLabel(/说明/).fill('与年报一致')
  await page.getByRole('button', { name: '通过' }).click()
  await page.getByText('已审定').first().waitFor()
})

it('opens the pages of quality and of reports, whose files are there', async () => {
  const page = await platform.worker('planner', 'p')
  const faults = watchFaults(page)
  for (const path of ['/p/quality', '/p/reports']) {
    await page.goto(path, { waitUntil: 'networkidle' })
    await page.getByRole('heading', { level: 2 }).first().waitFor()
    expect(await findings(page)).toEqual([])
  }
  for (const name of [/网页/, /XLSX/, /PDF/, /CSV/, /ADX/]) {
    const href = await page.getByRole('link', { name }).getAttribute('href')
    expect(await page.evaluate(async (url) => (await fetch(url)).status, href ?? '')).toBe(200)
  }
  expect(faults).toEqual([])
})
