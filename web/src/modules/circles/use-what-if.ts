// Asks what a trial comes to while it is changed by hand: one question at a time, the latest next, so
// that answers come as fast as the server gives them and never out of order. An answer holds only the
// villages that the trial changes.
import { nextTick, onScopeDispose, ref, shallowRef, type Ref } from 'vue'

import { Problem } from '../../core/http.ts'

import { tryOut, type Trial, type WhatIf } from './try-out.ts'

export interface Asking {
  answer: Readonly<Ref<WhatIf | undefined>>
  problem: Readonly<Ref<Problem | undefined>>
  busy: Readonly<Ref<boolean>>
  ask: (question: Question) => Promise<void>
}

export interface Question {
  circle: string
  place: string
  group: string
  trials: Trial[]
}

export function useWhatIf(): Asking {
  const answer = shallowRef<WhatIf>()
  const problem = shallowRef<Problem>()
  const busy = ref(false)
  const gone = new AbortController()
  let next: { question: Question; began: number } | undefined
  onScopeDispose(() => gone.abort())

  async function ask(question: Question): Promise<void> {
    next = { question, began: performance.now() }
    if (busy.value) return
    busy.value = true
    while (next && !gone.signal.aborted) {
      const { question: { circle, ...body }, began }: { question: Question; began: number } = next
      next = undefined
      try {
        answer.value = await tryOut(circle, { ...body, only_changes: true }, gone.signal)
        problem.value = undefined
        await nextTick()
        // For those who measure: from the change to the new figure on the page.
        performance.measure('circle-trial', { start: began })
      } catch (error) {
        if (gone.signal.aborted) return
        if (!(error instanceof Problem)) throw error
        problem.value = error
      }
    }
    busy.value = false
  }
  return { answer, problem, busy, ask }
}
