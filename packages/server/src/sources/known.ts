import type { Source } from '@tocsin/domain/source.ts'

/** Whose figures these are and on which terms: what stays the same from one version to the next. */
export type KnownSource = Pick<
  Source,
  'name' | 'title' | 'publisher' | 'licence' | 'redistributable' | 'citation' | 'gaps'
>

const open = { redistributable: true, gaps: null } as const
// No open licence was found: shown to people who signed in, not passed on, until permission is asked.
const askFirst = {
  redistributable: false,
  gaps: null,
  licence: 'none stated by the publisher; permission to pass on not yet asked',
} as const
const ucdp = { ...open, publisher: 'Uppsala Conflict Data Program', licence: 'CC BY 4.0' } as const
const ewp = { ...askFirst, publisher: 'Early Warning Project' } as const

const known: readonly KnownSource[] = [
  {
    ...ucdp,
    name: 'ucdp-country-year',
    title: 'UCDP Country-Year Dataset on Organized Violence',
    citation: 'Uppsala Conflict Data Program, UCDP country-year dataset',
  },
  {
    ...ucdp,
    name: 'ucdp-country-month',
    title: 'UCDP GED and Candidate events, summed by country and month',
    citation: 'UCDP Georeferenced Event Dataset and Candidate Events Dataset, Uppsala University',
    gaps: 'absent-may-mean-zero',
  },
  {
    ...ucdp,
    name: 'ucdp-ged',
    title: 'UCDP Georeferenced Event Dataset',
    citation: 'Sundberg and Melander (2013), Introducing the UCDP Georeferenced Event Dataset',
    gaps: 'absent-may-mean-zero',
  },
  {
    ...ucdp,
    name: 'ucdp-battle-deaths',
    title: 'UCDP Battle-Related Deaths Dataset',
    citation: 'Uppsala Conflict Data Program, UCDP battle-related deaths dataset',
  },
  {
    ...ucdp,
    name: 'ucdp-conflicts',
    title: 'UCDP conflict-year datasets',
    citation: 'Uppsala Conflict Data Program, UCDP conflict-year datasets',
  },
  {
    ...open,
    name: 'vdem',
    title: 'V-Dem country-year indices',
    publisher: 'V-Dem Institute',
    licence: 'CC BY-SA 4.0',
    citation: 'Coppedge et al., V-Dem Country-Year Dataset',
  },
  {
    ...open,
    name: 'wdi',
    title: 'World Development Indicators',
    publisher: 'World Bank',
    licence: 'CC BY 4.0',
    citation: 'World Bank, World Development Indicators',
  },
  {
    ...open,
    name: 'inform',
    title: 'INFORM Risk Index',
    publisher: 'European Commission, Joint Research Centre',
    licence: 'CC BY 4.0',
    citation: 'INFORM Risk Index, Inter-Agency Standing Committee and European Commission',
  },
  {
    ...open,
    name: 'treaties',
    title: 'Status of treaties',
    publisher: 'United Nations Treaty Collection',
    licence: 'Facts of the depositary',
    citation: 'United Nations, Multilateral Treaties Deposited with the Secretary-General',
  },
  {
    ...askFirst,
    name: 'pts',
    title: 'Political Terror Scale',
    publisher: 'Political Terror Scale',
    citation: 'Gibney et al., The Political Terror Scale',
  },
  {
    ...askFirst,
    name: 'epr',
    title: 'Ethnic Power Relations, by country and year',
    publisher: 'International Conflict Research, ETH Zürich',
    citation: 'Vogt et al. (2015), Integrating Data on Ethnicity, Geography, and Conflict',
  },
  {
    ...ewp,
    name: 'ewp',
    title: 'Early Warning Project, predictors by country and year',
    citation: 'Early Warning Project, data of the Statistical Risk Assessment',
  },
  {
    ...ewp,
    name: 'ewp-forecasts',
    title: 'Early Warning Project, published estimates',
    citation: 'Early Warning Project, Statistical Risk Assessment',
  },
  {
    ...ewp,
    name: 'ewp-mass-killing',
    title: 'Early Warning Project, episodes of mass killing',
    citation: 'Early Warning Project, mass killing events',
  },
  {
    ...askFirst,
    name: 'observations',
    title: 'Table of figures in the node’s own form',
    publisher: 'Whoever made the file',
    licence: 'not stated in the file',
    citation: 'Table of figures',
  },
]

const byName = new Map(known.map((source) => [source.name, source]))

/** What is known of a source of a file that was recognised. */
export function knownSource(name: string): KnownSource {
  const source = byName.get(name)
  if (!source) throw new Error(`nothing is known of the source ${name}`)
  return source
}
