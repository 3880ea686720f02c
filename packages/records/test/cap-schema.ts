import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ParseOption, XmlDocument, XsdValidator } from 'libxml2-wasm'

const folder = fileURLToPath(new URL('../../../../shared/data/standards/cap/', import.meta.url))
const present = existsSync(folder)

/**
 * Whether tests against the standard's own schema must be left out. Only a stranger's clone may leave
 * them out, and says so; in CI the files are always there, so their absence lets the tests run and fail.
 */
export const withoutCapSchema = !present && process.env['CI'] !== 'true'
if (withoutCapSchema) {
  process.stdout.write('Left out: tests against the CAP 1.2 schema, ../shared/data is not here.\n')
}

/** Messages of others, sound and unsound, by name. */
export function capSamples(): ReadonlyMap<string, Uint8Array> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.cap'))
  return new Map(names.map((name) => [name, readFileSync(folder + name)]))
}

/** A check of a text against the schema of OASIS, by a library that has no part in our reader. */
export function openCapSchema(): (xml: string | Uint8Array) => boolean {
  using schema = XmlDocument.fromBuffer(readFileSync(`${folder}CAP-v1.2.xsd`))
  const validator = XsdValidator.fromDoc(schema)
  const option = ParseOption.XML_PARSE_NO_XXE
  return (xml) => {
    try {
      using document =
        typeof xml === 'string'
          ? XmlDocument.fromString(xml, { option })
          : XmlDocument.fromBuffer(xml, { option })
      validator.validate(document)
      return true
    } catch {
      return false
    }
  }
}
