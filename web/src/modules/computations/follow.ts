// A question followed until it ends: asked again every second, whichever server computes it.
import { onScopeDispose, watch } from 'vue'

import { useLoad, type Loading } from '../../core/load.ts'

import { getComputation, type Computation, type State } from './api.ts'

const everyMs = 1000

export const isUnderWay = (state: State): boolean => state === 'waiting' || state === 'running'

export function useComputation<Q, A>(id: () => string): Loading<Computation<Q, A>> {
  const loading = useLoad((signal) => getComputation<Q, A>(id(), signal), [id])
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(loading.data, (one) => {
    clearTimeout(timer)
    if (one && isUnderWay(one.state)) timer = setTimeout(() => void loading.reload(), everyMs)
  })
  onScopeDispose(() => clearTimeout(timer))
  return loading
}
