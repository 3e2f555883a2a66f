// Registers by declaration: which columns, which questions, what a value looks like.
import { choicesOf, nameIn, type Content } from '../../core/content.ts'
import { date, dateTime, number, unitName } from '../../core/formats.ts'
import { t, textOf } from '../../core/i18n.ts'

import type { Register, RegisterField, RegisterRecord, Value, Values } from './api.ts'

export const titleField = (register: Register): RegisterField | undefined =>
  register.fields.find(({ name }) => name === register.title) ?? register.fields.find(({ listed }) => listed) ?? register.fields[0]

export function columnsOf(register: Register): RegisterField[] {
  const title = titleField(register)
  return [...(title ? [title] : []), ...register.fields.filter((field) => field.listed && field !== title)]
}

export function shown(field: Pick<RegisterField, 'type' | 'list' | 'unit'>, value: Value | undefined, content: Content | undefined): string {
  if (value === null || value === undefined || value === '') return ''
  const choices = choicesOf(content, field.list)
  switch (field.type) {
    case 'choice':
      return nameIn(choices, String(value))
    case 'choices':
      return (Array.isArray(value) ? value : [String(value)]).map((key) => nameIn(choices, key)).join(', ')
    case 'boolean':
      return t(value === true ? 'ui.yes' : 'ui.no')
    case 'date':
      return date(String(value))
    case 'instant':
      return dateTime(String(value))
    case 'integer':
    case 'decimal':
      return typeof value === 'number' ? number(value, 2) + (field.unit ? ` ${unitName(field.unit)}` : '') : String(value)
    case 'point':
      return typeof value === 'object' && 'lon' in value ? `${value.lon}, ${value.lat}` : String(value)
    case 'images':
      return Array.isArray(value) ? String(value.length) : ''
    default:
      return String(value)
  }
}

// A value on a record's page: a reference by the name of what it leads to.
export const shownIn = (record: RegisterRecord, field: RegisterField, content: Content | undefined): string => record.titles[field.name] ?? shown(field, record.values[field.name], content)

export const titleOf = (register: Register, record: Pick<RegisterRecord, 'values' | 'id'>, content: Content | undefined): string => {
  const field = titleField(register)
  return (field && shown(field, record.values[field.name], content)) || record.id
}

export const labelName = (register: Register, key: string): string => textOf(register.labels.find((label) => label.key === key)?.name ?? key)

// A filter in the expression language from what was chosen, joined with one that was written.
export function whereOf(register: Register, chosen: Record<string, string>, written: string): string {
  const parts = register.fields.flatMap(({ name, type }) => {
    const value = chosen[name]
    if (!value) return []
    if (type === 'boolean') return [value === 'true' ? name : `not ${name}`]
    return [type === 'choices' ? `${name} has ${value}` : `${name} = ${value}`]
  })
  if (written.trim()) parts.push(parts.length > 0 ? `(${written.trim()})` : written.trim())
  return parts.join(' and ')
}

export const filterable = (register: Register): RegisterField[] => register.fields.filter(({ type }) => type === 'choice' || type === 'choices' || type === 'boolean')

// What was typed into a control, as the value of the field; null where it was emptied.
export function typed(field: RegisterField, input: string): Value {
  const text = input.trim()
  if (text === '') return null
  if (field.type === 'integer' || field.type === 'decimal') return Number.isNaN(Number(text)) ? text : Number(text)
  return text
}

// Only what differs is sent; a masked value that was not touched stays as it is.
export function changedValues(before: Values, after: Values): Values {
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => JSON.stringify(value ?? null) !== JSON.stringify(before[name] ?? null)))
}
