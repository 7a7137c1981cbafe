import { afterAll } from 'vitest'
import { startSample } from '../core/sample/sample.ts'

// The sample, served for all tests of the file that imports this.

export const key = 'cli-test-key'
export const sample = await startSample({ key, largeFileBytes: 3_000_000, fileCount: 20_000 })
afterAll(() => sample.close())

export const finished = sample.runs[0]?.executionId ?? ''
export const huge = sample.runs[2]?.executionId ?? ''
export const account = { ASTEROID_API_KEY: key, ASTEROID_BASE_URL: sample.base }
