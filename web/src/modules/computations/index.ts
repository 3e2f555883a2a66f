export { getComputations, removeComputation, type Computation } from './api.ts'
export { isUnderWay, useComputation } from './follow.ts'
export { default as ComputationProgress } from './components/ComputationProgress.vue'
