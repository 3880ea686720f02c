import { z } from 'zod'
import { textToBase64Url } from './base64.ts'
import { canonicalJson, type Json } from './canonical.ts'
import { payloadOf, Signed } from './jws.ts'
import { RecordedObject } from './record.ts'
import { extensionId } from './stix/extension.ts'

/*
 * A record whose object may be read by any tool that knows STIX 2.1: the object itself, with what
 * signs it in our extension. The signature is over the object without that.
 */

const Proof = z.looseObject({
  protected: Signed.shape.protected,
  signature: Signed.shape.signature,
})
const Carried = z.looseObject({
  extensions: z.looseObject({ [extensionId]: Proof }),
})

/** Undefined where the object's own text would not come back out of its carrier. */
export function openCarrier(record: Signed): RecordedObject | undefined {
  const object = payloadOf(record) as { readonly extensions?: { readonly [id: string]: Json } }
  const own = object.extensions?.[extensionId] as { readonly [key: string]: Json } | undefined
  const proof = { protected: record.protected, signature: record.signature }
  const carrier = {
    ...object,
    extensions: {
      ...object.extensions,
      [extensionId]: { ...(own ?? { extension_type: 'property-extension' }), ...proof },
    },
  }
  const parsed = RecordedObject.safeParse(carrier).data
  return parsed && fromOpenCarrier(parsed)?.payload === record.payload ? parsed : undefined
}

/** The record in an open carrier, nothing checked but the form; undefined where it is none. */
export function fromOpenCarrier(received: unknown): Signed | undefined {
  const carried = Carried.safeParse(received).data
  if (!carried) return undefined
  const { extensions, ...object } = carried
  const { [extensionId]: own, ...others } = extensions
  const { protected: head, signature, ...rest } = own as z.infer<typeof Proof>
  const isOurs = rest['extension_type'] !== 'property-extension'
  const left = isOurs ? { ...others, [extensionId]: rest } : others
  const content = Object.keys(left).length > 0 ? { ...object, extensions: left } : object
  try {
    const payload = textToBase64Url(canonicalJson(content as Json))
    return Signed.safeParse({ protected: head, payload, signature }).data
  } catch {
    return undefined
  }
}
