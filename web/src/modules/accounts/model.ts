// Phone numbers and codes as people type them.
export const plainPhone = (typed: string): string => typed.replace(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '')

export const isPhone = (typed: string): boolean => /^1[3-9]\d{9}$/.test(plainPhone(typed))

// The code in the newest message to this number, when a demonstration shows its messages.
export function codeIn(messages: { to: string; text: string }[], phone: string): string {
  const mine = messages.filter((message) => message.to.endsWith(plainPhone(phone).slice(-4)))
  return /\b\d{4,8}\b/.exec(mine[0]?.text ?? '')?.[0] ?? /\d{6}/.exec(mine[0]?.text ?? '')?.[0] ?? ''
}
