// The declared kinds of cases, kept on the device so that a report can be made without a network.
import { Problem } from '../../core/http.ts'
import { loadDraft, saveDraft } from '../../core/keep.ts'

import { listKinds, type CaseKind } from './api.ts'

const name = 'case-kinds'

export async function kinds(): Promise<CaseKind[]> {
  try {
    const { items } = await listKinds()
    await saveDraft(name, items)
    return items
  } catch (error) {
    const known = await loadDraft<CaseKind[]>(name)
    if (error instanceof Problem && error.passing && known) return known
    throw error
  }
}
