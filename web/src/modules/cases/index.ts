export { listCases, myCases, photoUrl, upload, type CaseRow } from './api.ts'
export { default as CaseList } from './components/CaseList.vue'
