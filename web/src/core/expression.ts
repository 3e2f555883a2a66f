// The TypeScript back end of the expression language (docs/formats/expressions.md): evaluates the
// typed trees that the server sends, over values as they stand on the wire. It answers exactly as
// the server does; tests/golden/expressions.json holds both to that.

export type Value = null | boolean | number | string | readonly string[]

export interface Tree {
  readonly op: string
  readonly type?: string
  readonly name?: string
  readonly value?: boolean | number | string
  readonly operands?: readonly Tree[]
}

export interface Run {
  // A form's or a record's fields by name; an absent one is not known.
  readonly record: Readonly<Record<string, unknown>>
  readonly labels?: readonly string[]
  readonly today: string // YYYY-MM-DD
}

// Null is "not known".
export function evaluate(tree: Tree, run: Run): Value {
  const value = compute(tree, run)
  return value === 0 ? 0 : value // no zero with a sign
}

// Whether a condition is true; not known is not true.
export function holds(tree: Tree, run: Run): boolean {
  return compute(tree, run) === true
}

function compute(tree: Tree, run: Run): Value {
  const parts = tree.operands ?? []
  switch (tree.op) {
    case 'literal':
      return tree.type === 'date' ? dateText(Number(tree.value)) : (tree.value ?? null)
    case 'today':
      return run.today
    case 'variable':
      return variable(tree, run.record[tree.name ?? ''])
    case 'label':
      return run.labels?.includes(tree.name ?? '') ?? false
    case 'all':
      return joined(parts, run, false)
    case 'any':
      return joined(parts, run, true)
    case 'known':
      return compute(first(parts), run) !== null
    case 'unknown':
      return compute(first(parts), run) === null
    case 'coalesce':
      return parts.reduce<Value>((found, part) => found ?? compute(part, run), null)
    case 'choose':
      return compute(at(parts, compute(first(parts), run) === true ? 1 : 2), run)
    case 'aggregate':
    case 'statistic':
      return null // figures are the server's
    default:
      return strict(tree.op, parts, run)
  }
}

// A field as on the wire; what is empty is not known.
function variable(tree: Tree, wire: unknown): Value {
  if (wire === undefined || wire === null || wire === '') return tree.type === 'text' && wire === '' ? '' : null
  switch (tree.type) {
    case 'choices':
      return Array.isArray(wire) && wire.length > 0 ? wire.map(String) : null
    case 'integer':
    case 'decimal':
      return Number.isFinite(Number(wire)) ? Number(wire) : null
    case 'boolean':
      return wire === true
    case 'instant':
      return Date.parse(String(wire))
    default:
      return typeof wire === 'object' ? true : String(wire) // of a picture or a point: it is there
  }
}

// `decisive` settles it whatever the rest says: true for or, false for and.
function joined(parts: readonly Tree[], run: Run, decisive: boolean): Value {
  let known = true
  for (const part of parts) {
    const value = compute(part, run)
    if (value === null) known = false
    else if (value === decisive) return decisive
  }
  return known ? !decisive : null
}

// Operations that know nothing when an operand is not known.
function strict(op: string, parts: readonly Tree[], run: Run): Value {
  const values: Exclude<Value, null>[] = []
  for (const part of parts) {
    const value = compute(part, run)
    if (value === null) return null
    values.push(value)
  }
  const a = first(values)
  const b = at(values, values.length - 1)
  switch (op) {
    case 'invert':
      return a !== true
    case 'equal':
      return a === b
    case 'not_equal':
      return a !== b
    case 'less':
      return a < b
    case 'less_equal':
      return a <= b
    case 'greater':
      return a > b
    case 'greater_equal':
      return a >= b
    case 'in':
      return values.indexOf(a, 1) > 0
    case 'not_in':
      return values.indexOf(a, 1) < 0
    case 'has':
      return (a as readonly string[]).includes(String(b))
    case 'contains':
      return String(a).includes(String(b))
    case 'starts_with':
      return String(a).startsWith(String(b))
    case 'years_between':
      return Math.trunc((dateNumber(b) - dateNumber(a)) / 10000)
    case 'days_between':
      return (Date.parse(String(b)) - Date.parse(String(a))) / 86_400_000
    case 'month_of':
      return Math.trunc(dateNumber(a) / 100)
    case 'min':
      return a <= b ? a : b
    case 'max':
      return a >= b ? a : b
    default:
      return arithmetic(op, Number(a), Number(b))
  }
}

function arithmetic(op: string, a: number, b: number): Value {
  switch (op) {
    case 'decimal':
      return a
    case 'add':
      return a + b
    case 'subtract':
      return a - b
    case 'multiply':
      return a * b
    case 'divide':
      return b === 0 ? null : a / b
    case 'negate':
      return 0 - a
    case 'abs':
      return Math.abs(a)
    case 'round':
      return Math.floor(a + 0.5)
    default:
      throw new Error(`unknown operation ${op}`)
  }
}

// 20250131 and 2025-01-31.
function dateText(date: number): string {
  const digits = String(date).padStart(8, '0')
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
}

function dateNumber(date: Value): number {
  return Number(String(date).replaceAll('-', ''))
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index]
  if (item === undefined) throw new Error('an operand is missing')
  return item
}

function first<T>(items: readonly T[]): T {
  return at(items, 0)
}
