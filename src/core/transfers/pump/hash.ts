/** A check sum that is being worked out; `base64` ends it. */
export type Hash = { readonly update: (bytes: Buffer) => unknown; readonly base64: () => string }
