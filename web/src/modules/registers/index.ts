export { listRecords, type Register, type RegisterRecord } from './api.ts'
export { declared } from './declared.ts'
export { titleOf } from './model.ts'
