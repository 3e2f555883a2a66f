// Loading for pages: the latest question wins, refusals become state, faults stay faults.
import { onScopeDispose, ref, shallowRef, watch, type Ref, type WatchSource } from 'vue'

import { Problem, type Page } from './http.ts'

export interface Loading<T> {
  data: Readonly<Ref<T | undefined>>
  problem: Readonly<Ref<Problem | undefined>>
  loading: Readonly<Ref<boolean>>
  reload: () => Promise<void>
}

// Asks at once and again whenever `on` changes; what was shown stays until the answer is here.
export function useLoad<T>(ask: (signal: AbortSignal) => Promise<T>, on: WatchSource<unknown>[] = []): Loading<T> {
  const data = shallowRef<T>()
  const problem = shallowRef<Problem>()
  const loading = ref(true)
  let current: AbortController | undefined

  const reload = async (): Promise<void> => {
    current?.abort()
    const mine = (current = new AbortController())
    loading.value = true
    try {
      const answer = await ask(mine.signal)
      if (mine.signal.aborted) return
      data.value = answer
      problem.value = undefined
    } catch (error) {
      if (mine.signal.aborted) return
      if (!(error instanceof Problem)) throw error
      problem.value = error
    }
    loading.value = false
  }

  if (on.length > 0) watch(on, () => void reload())
  onScopeDispose(() => current?.abort())
  void reload()
  return { data, problem, loading, reload }
}

export interface Pages<T> extends Omit<Loading<T[]>, 'data'> {
  items: Readonly<Ref<T[]>>
  next: Readonly<Ref<string | null>>
  more: () => Promise<void>
}

// A list by keyset pages: the first page at once, further ones on demand.
export function usePages<T>(ask: (after: string | undefined, signal: AbortSignal) => Promise<Page<T>>, on: WatchSource<unknown>[] = []): Pages<T> {
  const items = shallowRef<T[]>([])
  const next = ref<string | null>(null)
  const first = useLoad(async (signal) => {
    const page = await ask(undefined, signal)
    items.value = page.items
    next.value = page.next
  }, on)

  const more = async (): Promise<void> => {
    if (!next.value) return
    const page = await ask(next.value, new AbortController().signal)
    items.value = [...items.value, ...page.items]
    next.value = page.next
  }
  return { items, next, problem: first.problem, loading: first.loading, reload: first.reload, more }
}

// A command of a button: busy while it runs, its refusal as state; true when it was done.
export function useCommand(): { busy: Ref<boolean>; problem: Ref<Problem | undefined>; run: (work: () => Promise<unknown>) => Promise<boolean> } {
  const busy = ref(false)
  const problem = shallowRef<Problem>()
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (busy.value) return false
    busy.value = true
    problem.value = undefined
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      problem.value = error
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, run }
}
