// The registers as declared, asked once a page visit.
import { computed, type ComputedRef } from 'vue'

import { content, type Content } from '../../core/content.ts'
import { useLoad, type Loading } from '../../core/load.ts'

import { listRegisters, type Register } from './api.ts'

export interface Declared {
  registers: Register[]
  content: Content
}

let asked: Promise<Declared> | undefined

export function declared(): Promise<Declared> {
  asked ??= Promise.all([listRegisters(), content()]).then(
    ([answer, all]) => ({ registers: answer.items, content: all }),
    (error: unknown) => {
      asked = undefined
      throw error
    },
  )
  return asked
}

export function useRegister(kind: () => string): { all: Loading<Declared>; register: ComputedRef<Register | undefined> } {
  const all = useLoad(() => declared())
  return { all, register: computed(() => all.data.value?.registers.find(({ key }) => key === kind())) }
}
