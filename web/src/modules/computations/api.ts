import { get, post, remove, type Page } from '../../core/http.ts'

export type State = 'waiting' | 'running' | 'finished' | 'stopped' | 'refused' | 'failed'

// A question whose answer takes seconds to minutes.
export interface Computation<Question, Answer> {
  id: string
  kind: string
  place: string
  asked_by: string
  asked_at: string
  seed: number
  state: State
  // 0 to 1.
  done: number
  best: { value: number; bound: number } | null
  question: Question
  ended_at: string | null
  // Why there is no answer.
  code: string | null
  // null while there is none; absent in lists.
  answer?: Answer | null
}

export const getComputation = <Q, A>(id: string, signal?: AbortSignal): Promise<Computation<Q, A>> => get(`/computations/${id}`, {}, signal)
export const getComputations = <Q>(kind: string, place: string, after?: string, signal?: AbortSignal): Promise<Page<Computation<Q, never>>> => get('/computations', { kind, place, after }, signal)
export const stopComputation = (id: string): Promise<unknown> => post(`/computations/${id}/stop`)
export const removeComputation = (id: string): Promise<unknown> => remove(`/computations/${id}`)
