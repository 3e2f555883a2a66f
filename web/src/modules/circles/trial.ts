// Changes that are tried on a circle: an immutable list and its past, so that each step can be undone.
import type { Point } from '../../map/drawing.ts'

import type { CircleFacility, Trial } from './try-out.ts'

export type Change =
  | { id: string; type: 'add'; kind: string; name: string; at: Point }
  | { id: string; type: 'move'; kind: string; name: string; from: Point; at: Point }
  | { id: string; type: 'close'; kind: string; name: string; from: Point }
  | { id: string; type: 'path'; name: string; from: Point; at: Point }

export interface Trials {
  changes: Change[]
  past: Change[][]
}

export const most_changes = 200
export const untouched: Trials = { changes: [], past: [] }

// A change of the same thing takes the place of the one before.
export function make({ changes, past }: Trials, change: Change): Trials {
  const known = changes.findIndex(({ id }) => id === change.id)
  return { changes: known < 0 ? [...changes, change] : changes.map((one, at) => (at === known ? change : one)), past: [...past, changes] }
}

export const drop = ({ changes, past }: Trials, id: string): Trials => ({ changes: changes.filter((one) => one.id !== id), past: [...past, changes] })

export function undo({ changes, past }: Trials): Trials {
  return { changes: past.at(-1) ?? changes, past: past.slice(0, -1) }
}

// Moves what is there, or what the trial has added before.
export function moved(trials: Trials, facility: CircleFacility, to: Point): Change {
  const before = trials.changes.find(({ id }) => id === facility.id)
  if (before?.type === 'add' || before?.type === 'move') return { ...before, at: to }
  return { id: facility.id, type: 'move', kind: facility.kind, name: facility.name, from: facility.point, at: to }
}

export const closed = ({ id, kind, name, point }: CircleFacility): Change => ({ id, type: 'close', kind, name, from: point })

export function toTrials(changes: Change[]): Trial[] {
  return changes.map((change) => {
    if (change.type === 'path') return { path: { from: change.from, to: change.at } }
    if (change.type === 'close') return { kind: change.kind, close: change.from }
    if (change.type === 'move') return { kind: change.kind, close: change.from, add: change.at }
    return { kind: change.kind, add: change.at }
  })
}

// The facilities as they stand in the trial.
export function standing(facilities: CircleFacility[], changes: Change[]): CircleFacility[] {
  const there = facilities.flatMap((one) => {
    const change = changes.find(({ id }) => id === one.id)
    if (change?.type === 'close') return []
    return change?.type === 'move' ? [{ ...one, point: change.at }] : [one]
  })
  return [...there, ...changes.flatMap((change) => (change.type === 'add' ? [{ id: change.id, kind: change.kind, name: change.name, place: '', point: change.at }] : []))]
}

export const whyNotMore = ({ changes }: Trials): string | null => (changes.length < most_changes ? null : 'circles.too_many')
