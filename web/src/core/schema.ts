// The types of answers as the server declares them (api-types.ts, made from openapi.json). An answer
// has every member, null where it knows nothing.
import type { components } from './api-types.ts'

type Schemas = components['schemas']

type Whole<T> = T extends readonly (infer Item)[] ? Whole<Item>[] : T extends object ? { [Key in keyof T]-?: Whole<Exclude<T[Key], undefined>> } : T

export type Schema<Name extends keyof Schemas> = Whole<Schemas[Name]>

// What is sent: members may be left out.
export type Sent<Name extends keyof Schemas> = Schemas[Name]
