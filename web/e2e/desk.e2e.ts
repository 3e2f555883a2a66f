// What the operator does now and then: places end and go on as others, other systems are told.
import { afterAll, beforeAll, expect, it } from 'vitest'

import { findings, Platform, watchFaults, world } from './platform.ts'

const platform = new Platform()
beforeAll(() => platform.start())
afterAll(() => platform.stop())

it('divides a grid among two others, with its history', async () => {
  const page = await platform.worker('operator')
  const faults = watchFaults(page)
  await page.goto(`/w/places/${world.names['empty_village']}`, { waitUntil: 'networkidle' })
  for (const name of ['东片网格', '南片网格', '北片网格']) {
    await page.getByRole('button', { name: '新增网格' }).click()
    await page.getByRole('dialog').getByLabel('名称').fill(name)
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
    await page.getByRole('link', { name }).waitFor()
  }
  await page.getByRole('link', { name: '东片网格' }).click()
  await page.getByRole('heading', { level: 1, name: '东片网格' }).waitFor()
  await page.getByRole('button', { name: '撤并' }).click()
  const dialog = page.getByRole('dialog').first()
  await dialog.getByText('拆分', { exact: true }).first().click()
  await dialog.getByLabel(/日期|起/).fill('2026-01-01')
  await dialog.getByLabel(/理由/).fill('户数超过五百')
  expect(await findings(page)).toEqual([])
  for (const [at, name] of [[0, '南片网格'], [1, '北片网格']] as const) {
    await dialog.getByRole('button', { name: new RegExp(`第 ${at + 1} 个`) }).click()
    await page.getByRole('dialog').last().getByRole('button', { name: new RegExp(`^${name}`) }).first().click()
  }
  await dialog.getByRole('button', { name: '拆分' }).click()
  await page.getByText('户数超过五百').waitFor()
  await page.getByRole('link', { name: '南片网格' }).waitFor()
  expect(await findings(page)).toEqual([])
  expect(faults).toEqual([])
})

it('tells another system, sees that it does not answer, tries again and gives up', async () => {
  const page = await platform.worker('operator')
  const faults = watchFaults(page)
  await page.goto('/w/web-hooks')
  await page.getByRole('button', { name: '新增推送' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('接收地址').fill('http://127.0.0.1:9/in')
  await dialog.getByText('受理了诉求').click()
  expect(await findings(page)).toEqual([])
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.getByText('签名密钥只显示这一次').waitFor()
  await dialog.getByRole('button', { name: '关闭' }).last().click()
  await page.getByRole('button', { name: '发一条测试' }).click()
  await page.getByText(/连续失败/).waitFor()
  await page.getByRole('button', { name: '查看待送' }).click()
  await page.getByText(/^测试/).first().waitFor()
  expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: '立即重试' }).click()
  await page.getByRole('button', { name: '删除' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
  await page.getByText('还没有对接任何系统').waitFor()
  expect(faults).toEqual([])
})

it('shows records that are probably one beside each other', async () => {
  const page = await platform.worker('worker')
  for (const [name, born] of [['钱重复', '1951-02-03'], ['钱重复', '1951-02-03'], ['钱单一', '1951-02-03']] as const) {
    await page.goto('/w/registers/person/new')
    await page.getByLabel(/^姓名/).fill(name)
    await page.getByLabel(/^居住类型/).selectOption({ index: 1 })
    await page.getByLabel(/^出生日期/).fill(born)
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('heading', { name }).waitFor()
  }
  await page.goto('/w/registers/person')
  await page.getByRole('link', { name: '疑似重复' }).click()
  const group = page.getByRole('table', { name: '第 1 组：2 条' })
  await group.waitFor()
  expect(await group.getByRole('link', { name: '钱重复' }).count()).toBe(2)
  expect(await page.getByRole('link', { name: '钱单一' }).count()).toBe(0)
  expect(await findings(page)).toEqual([])
})
