import { isMoreClosed, Marking } from '@tocsin/domain/audience.ts'

/*
 * The marking definitions of TLP 2.0 as OASIS publishes them (STIX 2.1 common object repository):
 * fixed objects with fixed names, the same in every tool.
 */

const refs: Readonly<Record<Marking, string>> = {
  'TLP:CLEAR': 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  'TLP:GREEN': 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  'TLP:AMBER': 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'TLP:AMBER+STRICT': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  'TLP:RED': 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
}

export const markingRef = (marking: Marking): string => refs[marking]

/**
 * How closed an object is, by the markings it refers to: the most closed of them, and TLP:RED where
 * there is none or one is not known here.
 */
export function markingOf(objectMarkingRefs: readonly string[] | undefined): Marking {
  const found = (objectMarkingRefs ?? []).map((ref) => known.get(ref) ?? 'TLP:RED')
  return found.reduce(
    (one, other) => (isMoreClosed(other, one) ? other : one),
    found[0] ?? 'TLP:RED',
  )
}

const known: ReadonlyMap<string, Marking> = new Map(
  Marking.options.map((marking) => [refs[marking], marking]),
)

/** The five objects themselves, for collections that other tools read. */
export const markingObjects = Marking.options.map((marking) => ({
  type: 'marking-definition',
  spec_version: '2.1',
  id: refs[marking],
  created: '2022-10-01T00:00:00.000Z',
  name: marking,
  extensions: {
    'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d': {
      extension_type: 'property-extension',
      tlp_2_0: marking.slice('TLP:'.length).toLowerCase(),
    },
  },
}))
