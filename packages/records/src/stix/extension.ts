import type { RecordedObject } from '../record.ts'

/** Names our extension in every object of ours; made once, never made anew. */
export const extensionId = 'extension-definition--7a2f6c1e-3a57-5e41-8d0b-5d4c2b1a9f60'

/** What an object of a type of ours carries. */
export const newObjectExtension = { [extensionId]: { extension_type: 'new-sdo' } } as const

const author = {
  type: 'identity',
  spec_version: '2.1',
  id: 'identity--3d1c9a44-6c0b-4f0e-9a6e-5f0d8f0b7c21',
  created: '2026-01-01T00:00:00.000Z',
  modified: '2026-01-01T00:00:00.000Z',
  name: 'Tocsin',
  identity_class: 'system',
} as const satisfies RecordedObject

/**
 * What tells other tools that our types and properties are meant so, and who defined them: every
 * collection that holds objects of ours holds these two.
 */
export const extensionObjects: readonly RecordedObject[] = [
  author,
  {
    type: 'extension-definition',
    spec_version: '2.1',
    id: extensionId,
    created_by_ref: author.id,
    created: author.created,
    modified: author.modified,
    name: 'Prevention of genocide and mass atrocities',
    description:
      'Warnings, answers, receipts, withdrawals and sealed records between national focal points.',
    schema: 'Tocsin, docs/protocol/records.md',
    version: '1.0.0',
    extension_types: ['new-sdo', 'property-extension'],
  },
]
