import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type ErrorObject, Ajv2020 as SchemaChecker } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { parse } from 'yaml'
import { createRandom, type Random } from '../sample/random.ts'
import { uuidOf } from '../sample/sample-file.ts'

const file = path.join(import.meta.dirname, '../../../docs/contract/execution-files.openapi.yaml')

type Schema = {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}
type Answers = Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>>
type Document = {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly operationId: string; readonly responses: Answers }>>>
  >
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** The API's own description of itself, to check both sides of a call against, and to make up answers from. */
export type Contract = {
  /** The id of the operation that a request is for, and the value of each part of its path; null for none. */
  readonly operationOf: (
    method: string,
    pathname: string,
  ) => { readonly operationId: string; readonly parameters: Readonly<Record<string, string>> } | null
  /** What is wrong with an answer: nothing, if it is as described. */
  readonly faultsOfAnswer: (
    operationId: string,
    answer: { readonly status: number; readonly contentType: string; readonly body: string },
  ) => readonly string[]
  /** What is wrong with a value, by the name of its schema. */
  readonly faultsOf: (schema: string, value: unknown) => readonly string[]
  /** Makes up a value that a schema allows. The same seed gives the same value. */
  readonly example: (schema: string, seed: number) => unknown
}

/** Reads the OpenAPI document that is kept with the documentation. */
export function readContract(): Contract {
  const document: Document = parse(readFileSync(file, 'utf8'))
  const checker = new SchemaChecker({ strict: false, allErrors: true })
  formats.default(checker)
  checker.addSchema(document, 'contract')
  const operations = Object.entries(document.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), template })),
  )

  function faults(reference: string, value: unknown): readonly string[] {
    const check = checker.getSchema(`contract${reference}`)
    if (!check) throw new Error(`The contract has no ${reference}.`)
    return check(value) ? [] : (check.errors ?? []).map(describeFault)
  }
  function make(schema: Schema, random: Random): unknown {
    if (schema.$ref !== undefined)
      return make(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, random)
    if (schema.enum) return random.pick(schema.enum)
    if (schema.type === 'array')
      return Array.from({ length: random.between(0, 6) }, () => make(schema.items ?? {}, random))
    if (schema.type === 'integer') return random.between(0, 2 ** 40)
    if (schema.type === 'string') return text(schema.format, random)
    const required = new Set(schema.required ?? [])
    const entries = Object.entries(schema.properties ?? {})
      .filter(([name]) => required.has(name) || random.between(0, 4) > 0)
      .map(([name, property]) => [name, make(property, random)] as const)
    return Object.fromEntries(entries)
  }

  return {
    operationOf(method, pathname) {
      for (const operation of operations) {
        const pattern = new RegExp(`^${operation.template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
        const match = operation.method === method ? pattern.exec(pathname) : null
        if (match) return { operationId: operation.operationId, parameters: { ...match.groups } }
      }
      return null
    },
    faultsOfAnswer(operationId, { status, contentType, body }) {
      const operation = operations.find((each) => each.operationId === operationId)
      const answer = operation?.responses[status]
      if (!operation || !answer) return [`The contract has no status ${status}.`]
      const type = contentType.split(';')[0]?.trim() ?? ''
      if (!answer.content?.[type]) return [`The contract has no ${type} for status ${status}.`]
      const pointer = [
        operation.template,
        operation.method.toLowerCase(),
        'responses',
        status,
        'content',
        type,
        'schema',
      ]
      const reference = `#/paths/${pointer.map((part) => encodeURIComponent(String(part).replaceAll('/', '~1'))).join('/')}`
      return faults(reference, type === 'application/json' ? JSON.parse(body) : body)
    },
    faultsOf: (schema, value) => faults(`#/components/schemas/${schema}`, value),
    example: (schema, seed) => make({ $ref: schema }, createRandom(seed)),
  }
}

function text(format: string | undefined, random: Random): string {
  if (format === 'uuid') return uuidOf(String(random.between(0, 2 ** 31)))
  if (format === 'date-time') return new Date(random.between(0, 2_000_000_000) * 1_000).toISOString()
  return random.pick(['a', 'Some text', 'ünï-çødé', 'x/y', '.', 'with space', 'a'.repeat(200), '日本'])
}

function describeFault({ instancePath, message }: ErrorObject): string {
  return `${instancePath || 'the whole'} ${message}`
}
