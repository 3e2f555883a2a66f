import { defineAsyncComponent } from 'vue'

export type { FoundPlace, Place } from './api.ts'
export { getOutline, getPlace, getPlaceAt, searchPlaces } from './api.ts'
export { atLeast, levelOf, type Level } from './model.ts'
export { nameOf } from './names.ts'
export { default as PlaceName } from './components/PlaceName.vue'
export { default as PlaceField } from './components/PlaceField.vue'
export { default as PlacePicker } from './components/PlacePicker.vue'
// Those who write need no map.
export const SpotMap = defineAsyncComponent(() => import('./components/SpotMap.vue'))
