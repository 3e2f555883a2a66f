// The clock of live pages: one timer for all of them, a step every half minute.
import { onScopeDispose, ref, type Ref } from 'vue'

const step_ms = 30_000
const now = ref(Date.now())
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

export function useNow(): Ref<number> {
  now.value = Date.now()
  if (users++ === 0) timer = setInterval(() => (now.value = Date.now()), step_ms)
  onScopeDispose(() => {
    if (--users === 0) clearInterval(timer)
  })
  return now
}
