export { default as ActFor } from './components/ActFor.vue'
export { default as PhoneSignIn } from './components/PhoneSignIn.vue'
