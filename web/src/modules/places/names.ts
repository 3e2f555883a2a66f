// Names of places, each asked once; a place that cannot be asked goes by its code.
import { Problem } from '../../core/http.ts'

import { getPlace } from './api.ts'

const asked = new Map<string, Promise<string>>()

export function nameOf(code: string): Promise<string> {
  if (!code || code === '-') return Promise.resolve('')
  const known = asked.get(code)
  if (known) return known
  const name = getPlace(code).then(
    (place) => place.name,
    (error: unknown) => {
      if (!(error instanceof Problem)) throw error
      if (error.passing) asked.delete(code)
      return code
    },
  )
  asked.set(code, name)
  return name
}
