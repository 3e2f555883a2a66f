// The public facts of the loaded packs: lists, roles, kinds. Asked once a page visit.
import { get } from './http.ts'
import { textOf, type Text } from './i18n.ts'

export interface Choice {
  key: string
  name: Text
  parent?: string | null
  attributes?: Record<string, string | number | boolean | null>
}

export interface ChoiceList {
  key: string
  name: Text
  choices: Choice[]
}

export interface Named {
  key: string
  name: Text
}

// What a plan says a circle must hold, and within how many minutes.
export interface Circle extends Named {
  plan: string
  mode: string
  minutes: Minutes
  needs: CircleNeed[]
}

export interface CircleNeed {
  key: string
  // Without one, its kinds name it.
  name?: Text
  kinds: string[]
  minimum: number
  minutes?: Minutes
  // The group of residents for whom its places are.
  room_for?: string
}

// null: the plan sets no time for such places.
export interface Minutes {
  urban: number | null
  rural: number | null
}

export interface Content {
  lists: ChoiceList[]
  roles: (Named & { levels?: string[] })[]
  registers: Named[]
  case_kinds: Named[]
  plans: Named[]
  circles: Circle[]
  measures: (Named & { unit: string })[]
}

let asked: Promise<Content> | undefined

export function content(): Promise<Content> {
  asked ??= get<Content>('/content').catch((error: unknown) => {
    asked = undefined
    throw error
  })
  return asked
}

export const choicesOf = (all: Content | undefined, list: string | null | undefined): Choice[] => all?.lists.find(({ key }) => key === list)?.choices ?? []
export const nameIn = (named: Named[] | undefined, key: string | null | undefined): string => textOf(named?.find((one) => one.key === key)?.name ?? key)
