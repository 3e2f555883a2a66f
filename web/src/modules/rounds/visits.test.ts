import { expect, it } from 'vitest'

import { daysOf, type Visit } from './visits.ts'

const visit = (week: number, weekday: number, vehicle: number, arrive: string): Visit => ({ place: '620802001001', place_name: '村', point: { lon: 106, lat: 35 }, week, weekday, vehicle, arrive, leave: '23:00' })

it('puts a timetable in order: weeks, days, vehicles, hours', () => {
  const visits = [visit(1, 0, 0, '08:00'), visit(0, 3, 1, '09:00'), visit(0, 3, 0, '10:30'), visit(0, 3, 0, '08:10'), visit(0, 1, 0, '08:00')]
  expect(daysOf({ visits }).map(({ week, weekday, vehicle, visits: of }) => [week, weekday, vehicle, ...of.map(({ arrive }) => arrive)])).toEqual([
    [0, 1, 0, '08:00'],
    [0, 3, 0, '08:10', '10:30'],
    [0, 3, 1, '09:00'],
    [1, 0, 0, '08:00'],
  ])
  expect(daysOf({ visits: [] })).toEqual([])
})
