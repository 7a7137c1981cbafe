import { expect, type Locator, test } from '@playwright/test'
import { longWav } from './made-files.ts'
import { previewedRun } from './previewed-run.ts'
import * as recorded from './recorded-files.ts'

const seconds = 10_000
const long = longWav(seconds)

test.describe('sound and film', () => {
  const opened = previewedRun([
    { name: 'long.wav', content: long },
    { name: 'clip.webm', content: recorded.webm },
  ])

  test('a long sound is sought near its end: that part is asked for, and most of the rest never', async () => {
    const preview = await opened().show('long.wav')
    const audio = preview.locator('audio')
    await expect.poll(() => read(audio, 'duration')).toBe(seconds)
    await seek(audio, seconds - 20)
    await expect.poll(() => read(audio, 'currentTime')).toBeGreaterThanOrEqual(seconds - 20)
    await expect.poll(() => read(audio, 'readyState')).toBeGreaterThanOrEqual(2)
    const size = Buffer.isBuffer(long) ? long.length : long.size
    const starts = opened()
      .server.rangesOf('long.wav')
      .map((range) => Number(/^bytes=(\d+)-/.exec(range)?.[1] ?? 0))
    expect(Math.max(...starts)).toBeGreaterThan(size * 0.9)
    expect(opened().server.sentOf('long.wav')).toBeLessThan(size / 4)
  })

  test('a film is sought within, and plays on from there', async () => {
    const preview = await opened().show('clip.webm')
    const video = preview.locator('video')
    await expect.poll(() => read(video, 'readyState')).toBeGreaterThanOrEqual(2)
    await seek(video, 0.5)
    await expect.poll(() => read(video, 'currentTime')).toBeGreaterThanOrEqual(0.5)
    await video.evaluate((element) => (element as HTMLVideoElement).play())
    await expect.poll(() => read(video, 'currentTime')).toBeGreaterThan(0.55)
  })
})

function read(media: Locator, what: 'duration' | 'currentTime' | 'readyState'): Promise<number> {
  return media.evaluate((element, name) => (element as HTMLMediaElement)[name], what)
}

function seek(media: Locator, to: number): Promise<void> {
  return media.evaluate((element, time) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    element.addEventListener('seeked', () => resolve(), { once: true })
    ;(element as HTMLMediaElement).currentTime = time
    return promise
  }, to)
}
