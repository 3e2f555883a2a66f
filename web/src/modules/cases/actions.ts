// What each action asks for; the buttons, their order and their dialogs follow from this table.
export type Ask =
  | { name: string; as: 'text' | 'reason'; required: boolean }
  | { name: 'to'; as: 'unit'; required: true }
  | { name: 'units'; as: 'units'; required: true }
  | { name: 'tasks'; as: 'tasks'; required: true }
  | { name: 'task_id'; as: 'task'; required: true }
  | { name: 'into'; as: 'case'; required: true }
  | { name: 'until'; as: 'date'; required: false }
  | { name: 'solved'; as: 'solved'; required: true }
  | { name: 'attachments'; as: 'photos'; required: false }
  | { name: 'rating'; as: 'rating'; required: true }
  | { name: 'outcome'; as: 'outcome'; required: true }

const text = (required: boolean): Ask => ({ name: 'text', as: 'text', required })
const reason: Ask = { name: 'reason', as: 'reason', required: true }

export const asks: Record<string, Ask[]> = {
  accept: [],
  reply: [text(true), { name: 'solved', as: 'solved', required: true }, { name: 'attachments', as: 'photos', required: false }],
  assign: [{ name: 'to', as: 'unit', required: true }, text(false)],
  whistle: [{ name: 'units', as: 'units', required: true }, text(true)],
  report_in: [text(false)],
  split: [{ name: 'tasks', as: 'tasks', required: true }],
  finish_task: [{ name: 'task_id', as: 'task', required: true }, text(true)],
  rate_task: [{ name: 'task_id', as: 'task', required: true }, { name: 'rating', as: 'rating', required: true }],
  escalate: [reason],
  emergency: [reason],
  hand_back: [reason],
  pause: [reason, { name: 'until', as: 'date', required: false }],
  resume: [],
  confirm: [],
  rate: [{ name: 'rating', as: 'rating', required: true }, { name: 'comment', as: 'text', required: false }],
  call_back: [{ name: 'outcome', as: 'outcome', required: true }, text(true)],
  close: [text(true), { name: 'solved', as: 'solved', required: true }],
  merge: [{ name: 'into', as: 'case', required: true }],
  reopen: [reason],
  refuse: [reason],
}

export const outcomes = ['satisfied', 'unsatisfied', 'unreachable'] as const

// The leading one is what mostly comes next; the rest in the table's order.
export function ordered<T extends { action: string; why_not: string | null }>(actions: T[]): T[] {
  const order = Object.keys(asks)
  const rank = (one: T): number => (one.why_not ? order.length : 0) + Math.max(0, order.indexOf(one.action))
  return [...actions].sort((one, other) => rank(one) - rank(other))
}

export type Answers = Record<string, unknown>

// The names of what still has to be answered.
export function unanswered(action: string, answers: Answers): string[] {
  return (asks[action] ?? [])
    .filter(({ name, required }) => {
      const answer = answers[name]
      return required && (answer === undefined || answer === null || answer === '' || (Array.isArray(answer) && answer.length === 0))
    })
    .map(({ name }) => name)
}
