export type { Change } from './trial.ts'
export { keepView, type SavedView } from './views.ts'
