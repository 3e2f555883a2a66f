// Voice in and out where the browser has it; nothing is offered where it has not.
import { onScopeDispose, ref, type Ref } from 'vue'

import { language } from './i18n.ts'

interface Recognition extends EventTarget {
  lang: string
  interimResults: boolean
  start(): void
  stop(): void
}
interface RecognitionResult extends Event {
  results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }>
  resultIndex: number
}
type Maker = new () => Recognition
const voices = globalThis as { SpeechRecognition?: Maker; webkitSpeechRecognition?: Maker }

const tag = (): string => (language() === 'zh' ? 'zh-CN' : 'en-GB')

export const canListen = (): boolean => Boolean(voices.SpeechRecognition ?? voices.webkitSpeechRecognition)
export const canSpeak = (): boolean => 'speechSynthesis' in globalThis

// Hands each finished phrase to `heard`.
export function useListening(heard: (phrase: string) => void): { listening: Ref<boolean>; toggle: () => void } {
  const listening = ref(false)
  let recognition: Recognition | undefined
  const toggle = (): void => {
    if (listening.value) {
      recognition?.stop()
      return
    }
    const Make = voices.SpeechRecognition ?? voices.webkitSpeechRecognition
    if (!Make) return
    recognition = new Make()
    recognition.lang = tag()
    recognition.addEventListener('result', (event) => {
      const { results, resultIndex } = event as RecognitionResult
      for (let at = resultIndex; at < results.length; at++) {
        const result = results[at]
        if (result?.isFinal) heard(result[0]?.transcript ?? '')
      }
    })
    recognition.addEventListener('end', () => (listening.value = false))
    recognition.addEventListener('error', () => (listening.value = false))
    recognition.start()
    listening.value = true
  }
  onScopeDispose(() => recognition?.stop())
  return { listening, toggle }
}

export function speak(text: string): void {
  speechSynthesis.cancel()
  const utterance = new SpeechSynthesisUtterance(text)
  utterance.lang = tag()
  utterance.rate = 0.9
  speechSynthesis.speak(utterance)
}
