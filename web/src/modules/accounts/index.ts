export { default as PhoneSignIn } from './components/PhoneSignIn.vue'
