import type { Register, RegisterField, Values } from './api.ts'

// Whether a field is asked now.
export function asked(field: RegisterField, _register: Register | undefined, _values: Values, _place: string): boolean {
  return !field.when
}
