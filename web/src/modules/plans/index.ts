export { default as NewTask } from './components/NewTask.vue'
