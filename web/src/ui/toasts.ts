// Short messages that pass; errors stay longer. Read out by screen readers.
import { reactive } from 'vue'

export interface Toast {
  id: number
  text: string
  tone: 'good' | 'late' | 'info'
}

export const toasts = reactive<Toast[]>([])
let last = 0

export function toast(text: string, tone: Toast['tone'] = 'good'): void {
  const id = ++last
  toasts.push({ id, text, tone })
  setTimeout(() => dismiss(id), tone === 'late' ? 10_000 : 5_000)
}

export function dismiss(id: number): void {
  const at = toasts.findIndex((shown) => shown.id === id)
  if (at >= 0) toasts.splice(at, 1)
}
