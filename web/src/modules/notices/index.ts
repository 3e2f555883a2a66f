export { listNotices, type Notice } from './api.ts'
export { default as NoticeList } from './components/NoticeList.vue'
