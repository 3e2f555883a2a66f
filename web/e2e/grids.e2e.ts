// A community divided into grids, by those who do it: by keyboard and table, with the map beside.
import { afterAll, beforeAll, expect, it } from 'vitest'

import { findings, overflow, phone, Platform, watchFaults, world } from './platform.ts'

const platform = new Platform()
const place = world.names['drawn_village'] ?? ''
const shots = process.env['SHOTS']

// Six buildings in two rows, with so many households each.
beforeAll(async () => {
  await platform.start()
  const page = await platform.worker('dispatcher')
  const made = await page.evaluate(async (at) => {
    const { csrf_token } = (await (await fetch('/api/v1/session')).json()) as { csrf_token: string }
    const add = async (register: string, values: object): Promise<string> => {
      const answer = await fetch(`/api/v1/registers/${register}/records`, { method: 'POST', body: JSON.stringify({ place: at, values }), headers: { 'content-type': 'application/json', 'x-csrf-token': csrf_token } })
      return ((await answer.json()) as { id: string }).id
    }
    let count = 0
    for (let building = 0; building < 6; building++) {
      const point = { lon: 106.66 + (building % 3) * 0.001, lat: 35.54 + Math.floor(building / 3) * 0.001 }
      const id = await add('building', { name: `${building + 1}号楼`, kind: 'residential', point })
      for (let home = 0; home < 3; home++) {
        const dwelling = await add('dwelling', { address: `${building + 1}号楼${home + 1}01`, use: 'owner', building: id })
        if (await add('household', { head_name: '王安', kind: 'family', dwelling })) count++
      }
    }
    return count
  }, place)
  expect(made).toBe(18)
})
afterAll(() => platform.stop())

it('draws grids, moves a building by keyboard, takes it back and puts the grids into force', async () => {
  const page = await platform.worker('dispatcher')
  const faults = watchFaults(page)
  await page.goto(`/w/grids/${place}`, { waitUntil: 'networkidle' })
  await page.getByText('这里还没有网格').waitFor()
  expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: '新建方案' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('最少户数').fill('6')
  await dialog.getByLabel('最多户数').fill('12')
  expect(await findings(page)).toEqual([])
  await dialog.getByRole('button', { name: '新建方案' }).click()
  await page.getByRole('heading', { level: 1, name: /网格方案/ }).waitFor()
  await page.getByText('户数偏多').first().waitFor()
  await page.getByRole('button', { name: '自动划分' }).click()
  await page.getByText('合规').first().waitFor()
  const table = page.getByRole('region', { name: '网格' })
  expect(await table.getByText('合规').count()).toBe(2)

  // By keyboard alone: open a grid, tick a building, choose where to, see the counts, move.
  await table.getByRole('button', { name: /第1网格/ }).focus()
  await page.keyboard.press('Enter')
  const list = page.getByRole('group', { name: '网格内的楼栋、住房' })
  // One that touches the other grid: another would cut it apart.
  await list.getByRole('checkbox', { name: /2号楼/ }).focus()
  await page.keyboard.press('Space')
  await page.getByText('已选 1 处，3 户').waitFor()
  await page.getByLabel('调入').selectOption({ index: 1 })
  await page.getByText(/调整后：本网格 \d+ 户.*调入网格 \d+ 户/).waitFor()
  expect(await findings(page)).toEqual([])
  if (shots) await page.screenshot({ path: `${shots}/grids-desk.png`, fullPage: true })
  await page.getByRole('button', { name: '调整', exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('手工调整').waitFor()
  await page.getByRole('button', { name: '撤销上一步' }).click()
  await page.getByText('手工调整').waitFor({ state: 'detached' })

  await page.getByRole('button', { name: '实施方案' }).click()
  const apply = page.getByRole('dialog')
  await apply.getByText('首次入格').waitFor()
  await apply.getByLabel('理由').fill('首次划分')
  expect(await findings(page)).toEqual([])
  if (shots) await page.screenshot({ path: `${shots}/grids-apply.png` })
  await apply.getByRole('button', { name: '实施方案' }).click()
  await page.getByText('已实施').first().waitFor()
  await page.goto(`/w/grids/${place}`, { waitUntil: 'networkidle' })
  await page.getByRole('region', { name: '网格' }).getByText(`${place}001`).waitFor()
  expect(faults).toEqual([])
})

it('keeps a draft for the next day and shows it on a phone', async () => {
  const page = await platform.worker('dispatcher', 'w', phone)
  const faults = watchFaults(page)
  await page.goto(`/w/grids/${place}`, { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: '新建方案' }).click()
  await page.getByLabel('最少户数').fill('3')
  await page.getByLabel('最多户数').fill('6')
  await page.getByRole('dialog').getByRole('button', { name: '新建方案' }).click()
  await page.getByRole('heading', { level: 1, name: /网格方案/ }).waitFor()
  await page.getByRole('button', { name: '最少变动调整' }).click()
  await page.getByText('拆分网格').or(page.getByText('最少变动调整')).first().waitFor()
  expect(await overflow(page)).toBe(0)
  expect(await findings(page)).toEqual([])
  if (shots) await page.screenshot({ path: `${shots}/grids-phone.png`, fullPage: true })
  const again = await platform.worker('dispatcher')
  await again.goto(`/w/grids/${place}`, { waitUntil: 'networkidle' })
  await again.getByRole('region', { name: '方案' }).getByText('草案').first().waitFor()
  if (shots) await again.screenshot({ path: `${shots}/grids-in-force.png`, fullPage: true })
  expect(faults).toEqual([])
})

it('tells how to begin where nobody is recorded', async () => {
  const page = await platform.worker('worker')
  await page.goto('/w/grids', { waitUntil: 'networkidle' })
  await page.getByText('这里还没有户').waitFor()
  expect(await findings(page)).toEqual([])
})
