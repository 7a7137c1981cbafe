import fc from 'fast-check'

/** The part of JSON Schema that zod writes for the contract. */
type Schema = {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema | false
  readonly prefixItems?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly minLength?: number
  readonly minItems?: number
}

/**
 * Values that a schema takes, or nearly: numbers and texts keep their kind and go past their bounds, so that what
 * answers them is tried from both sides. `special` stands for texts that mean something, such as ids.
 */
export function valuesOf(schema: Schema, special: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map((choice) => valuesOf(choice, special)))
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  // What may be null comes with two types.
  if (typeof schema.type === 'object')
    return fc.oneof(...schema.type.map((type) => valuesOf({ ...schema, type }, special)))
  switch (schema.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([name, field]) => [name, valuesOf(field, special)]),
        ),
        { requiredKeys: [...(schema.required ?? [])] },
      )
    case 'array':
      if (schema.prefixItems) return fc.tuple(...schema.prefixItems.map((item) => valuesOf(item, special)))
      return fc.array(valuesOf(schema.items || {}, special), { minLength: schema.minItems ?? 0, maxLength: 5 })
    case 'string':
      if (schema.format === 'uuid') return fc.oneof(special, fc.uuid())
      return fc.oneof(fc.string({ minLength: schema.minLength ?? 0, maxLength: 20 }), special)
    case 'integer':
    case 'number':
      return fc.oneof(fc.nat({ max: 8 }), fc.integer(), fc.constantFrom(-1, 1_000, Number.MAX_SAFE_INTEGER))
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      // What zod can't put in JSON Schema, such as nothing at all, comes as a schema without a type.
      return fc.oneof(fc.constant(undefined), fc.jsonValue())
  }
}
