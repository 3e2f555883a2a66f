// Choices of this device: large type, dark or light, the place that its person lives in.
import { watch } from 'vue'

import { remembered } from './keep.ts'

export const preferences = remembered('linli.preferences', {
  elder_view: false,
  theme: 'auto' as 'auto' | 'light' | 'dark',
  place: '',
  place_name: '',
})

export function startPreferences(): void {
  const root = document.documentElement
  watch(
    preferences,
    () => {
      root.toggleAttribute('data-elder', preferences.elder_view)
      if (preferences.theme === 'auto') root.removeAttribute('data-theme')
      else root.dataset['theme'] = preferences.theme
    },
    { immediate: true },
  )
}
