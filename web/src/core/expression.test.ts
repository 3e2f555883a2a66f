import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { evaluate, holds } from './expression.ts'
import type { Tree, Value } from './expression.ts'

interface Case {
  text: string
  tree: Tree
  record: Record<string, unknown>
  labels: string[]
  value: Value
}
// Vitest runs in web/.
const golden = JSON.parse(readFileSync('../tests/golden/expressions.json', 'utf8')) as { today: string; cases: Case[] }

describe('expressions', () => {
  it('answer as the server does', () => {
    expect(golden.cases.length).toBeGreaterThan(300)
    for (const { text, tree, record, labels, value } of golden.cases) {
      expect(evaluate(tree, { record, labels, today: golden.today }), text).toEqual(value)
    }
  })

  const kind: Tree = { op: 'variable', type: 'choice', name: 'kind' }
  const isParty: Tree = { op: 'equal', operands: [kind, { op: 'literal', type: 'choice', value: 'party' }] }

  it('take an empty form for not known', () => {
    for (const empty of [{}, { kind: null }, { kind: '' }]) {
      expect(evaluate(isParty, { record: empty, today: '2025-03-01' })).toBeNull()
      expect(holds(isParty, { record: empty, today: '2025-03-01' })).toBe(false)
    }
    expect(holds(isParty, { record: { kind: 'party' }, today: '2025-03-01' })).toBe(true)
  })

  it('leave figures to the server', () => {
    expect(evaluate({ op: 'aggregate' }, { record: {}, today: '2025-03-01' })).toBeNull()
  })

  it('refuse a tree of another language version', () => {
    expect(() => evaluate({ op: 'power', operands: [{ op: 'literal', value: 1 }] }, { record: {}, today: '2025-03-01' })).toThrow('power')
  })
})
