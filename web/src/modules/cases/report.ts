// A resident's report while it is made: immutable data, what is still missing, and what is sent.
import type { Choice } from '../../core/content.ts'
import type { Outgoing } from '../../core/keep.ts'

import type { NewCase } from './api.ts'

export interface Report {
  id: string
  step: number
  subject: string
  description: string
  photos: Blob[]
  place: string
  place_name: string
  address: string
  point: { lon: number; lat: number } | null
  anonymous: boolean
}

export type Section = 'subject' | 'what' | 'where'

// Three steps; two in the elder view, which asks for the words first.
export const stepsOf = (elder: boolean): Section[][] => (elder ? [['what'], ['subject', 'where']] : [['subject'], ['what'], ['where']])

export const emptyReport = (id: string, place: string, place_name: string): Report => ({
  id, step: 0, subject: '', description: '', photos: [], place, place_name, address: '', point: null, anonymous: false,
})

export interface Missing {
  field: 'subject' | 'description' | 'place'
  text: string
}

export function missing(report: Report, sections: Section[]): Missing[] {
  const found: Missing[] = []
  if (sections.includes('subject') && !report.subject) found.push({ field: 'subject', text: 'report.missing.subject' })
  if (sections.includes('what') && report.description.trim().length < 2) found.push({ field: 'description', text: 'report.missing.description' })
  if (sections.includes('where') && report.place.length < 12) found.push({ field: 'place', text: 'report.missing.place' })
  return found
}

export const isEmpty = (report: Report): boolean => !report.subject && !report.description.trim() && report.photos.length === 0

export function toSend(report: Report, kind: string, now: number, makeKey: () => string): Omit<Outgoing, 'state'> {
  const body: NewCase = {
    id: report.id,
    kind,
    place: report.place,
    form: { subject: report.subject, description: report.description.trim() },
    // A copy: what is kept on the device may not be reactive.
    point: report.point ? { ...report.point } : undefined,
    address: report.address.trim() || undefined,
    anonymous: report.anonymous || undefined,
  }
  return {
    id: report.id,
    at: now,
    path: '/cases',
    body: { ...body },
    files_field: 'attachments',
    uploads: report.photos.map((file) => ({ key: makeKey(), path: '/attachments', file })),
    title: report.description.trim().slice(0, 60),
  }
}

// The subjects as two levels: groups with their members; a subject without members stands for itself.
export interface SubjectGroup {
  group: Choice
  members: Choice[]
}

export function groupsOf(subjects: Choice[]): SubjectGroup[] {
  return subjects
    .filter(({ parent }) => !parent)
    .map((group) => ({ group, members: subjects.filter(({ parent }) => parent === group.key) }))
}
