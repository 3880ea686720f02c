import type { Source } from '@tocsin/domain/source.ts'

/** What is known of a source before any of its files is read. */
type KnownSource = Pick<
  Source,
  'title' | 'publisher' | 'licence' | 'redistributable' | 'citation' | 'gaps'
> & {
  /** Where a person gets the file or the token, when the node may not simply fetch it. */
  readonly register: string | null
}

const ucdp = {
  publisher: 'Uppsala Conflict Data Program',
  licence: 'CC BY 4.0',
  redistributable: true,
  gaps: null,
  register: 'https://ucdp.uu.se/apidocs/',
} as const

const earlyWarning = {
  publisher: 'Early Warning Project, United States Holocaust Memorial Museum and Dartmouth College',
  licence: 'None stated',
  redistributable: false,
  gaps: null,
  register: null,
} as const

/** The sources whose files are read, by the short name that series and commands use. */
export const knownSources = {
  'ucdp-country-year': {
    ...ucdp,
    title: 'UCDP Country-Year Dataset on Organized Violence',
    citation: 'Davies, Pettersson, Sollenberg and Öberg (2025), Organized violence 1989–2024',
  },
  'ucdp-country-month': {
    ...ucdp,
    title: 'UCDP GED and Candidate events, summed by country and month',
    citation: 'UCDP Georeferenced Event Dataset and Candidate Events Dataset, Uppsala University',
    gaps: 'absent-may-mean-zero',
  },
  'ucdp-ged': {
    ...ucdp,
    title: 'UCDP Georeferenced Event Dataset',
    citation: 'Sundberg and Melander (2013), Introducing the UCDP Georeferenced Event Dataset',
    gaps: 'absent-may-mean-zero',
  },
  'ucdp-battle-deaths': {
    ...ucdp,
    title: 'UCDP Battle-Related Deaths Dataset',
    citation: 'Davies, Pettersson, Sollenberg and Öberg (2025), Organized violence 1989–2024',
    gaps: 'absent-may-mean-zero',
  },
  'ucdp-conflicts': {
    ...ucdp,
    title: 'UCDP/PRIO Armed Conflict Dataset',
    citation: 'Gleditsch et al. (2002), Armed Conflict 1946–2001: A New Dataset',
    gaps: 'absent-may-mean-zero',
  },
  vdem: {
    title: 'V-Dem country-year indices',
    publisher: 'V-Dem Institute',
    licence: 'CC BY-SA 4.0',
    redistributable: true,
    citation: 'Coppedge et al. (2025), V-Dem Country-Year Dataset v15',
    gaps: null,
    register: 'https://www.v-dem.net/data/the-v-dem-dataset/',
  },
  wdi: {
    title: 'World Development Indicators',
    publisher: 'World Bank',
    licence: 'CC BY 4.0',
    redistributable: true,
    citation: 'World Bank, World Development Indicators',
    gaps: null,
    register: null,
  },
  inform: {
    title: 'INFORM Risk Index',
    publisher: 'European Commission, Joint Research Centre',
    licence: 'CC BY 4.0',
    redistributable: true,
    citation: 'INFORM Risk Index, Inter-Agency Standing Committee and European Commission',
    gaps: null,
    register: null,
  },
  pts: {
    title: 'Political Terror Scale',
    publisher: 'Political Terror Scale project',
    licence: 'Free with citation; no open licence stated',
    redistributable: false,
    citation:
      'Gibney, Haschke, Arnon, Pisano, Barrett and Park (2024), Political Terror Scale 1976–2023',
    gaps: null,
    register: 'https://www.politicalterrorscale.org/Data/Download.html',
  },
  epr: {
    title: 'Ethnic Power Relations, country-years',
    publisher: 'ETH Zürich, International Conflict Research',
    licence: 'Free with citation; no open licence stated',
    redistributable: false,
    citation: 'Vogt et al. (2015), Integrating Data on Ethnicity, Geography, and Conflict',
    gaps: null,
    register: 'https://icr.ethz.ch/data/epr/',
  },
  treaties: {
    title: 'Status of treaties',
    publisher: 'United Nations Treaty Collection',
    licence: 'Facts; use with acknowledgement',
    redistributable: true,
    citation: 'Multilateral Treaties Deposited with the Secretary-General, United Nations',
    gaps: null,
    register: null,
  },
  ewp: {
    ...earlyWarning,
    title: 'Early Warning Project: predictors',
    citation:
      'Early Warning Project, Countries at Risk for Mass Killing: Statistical Risk Assessment',
  },
  'ewp-mass-killing': {
    ...earlyWarning,
    title: 'Early Warning Project: episodes of mass killing',
    citation: 'Early Warning Project, mass killing events list',
  },
  'ewp-forecasts': {
    ...earlyWarning,
    title: 'Early Warning Project: published forecasts',
    citation:
      'Early Warning Project, Countries at Risk for Mass Killing: Statistical Risk Assessment',
  },
  views: {
    title: 'VIEWS forecasts of deaths in state-based violence',
    publisher: 'Violence & Impacts Early-Warning System, Uppsala University and PRIO',
    licence: 'CC BY 4.0',
    redistributable: true,
    citation: 'Hegre et al. (2024), VIEWS: predicting fatalities in armed conflict',
    gaps: null,
    register: null,
  },
  observations: {
    title: 'Figures in the table form of Tocsin',
    publisher: 'Whoever made the file',
    licence: 'As its maker states',
    redistributable: false,
    citation: 'A table given to this node',
    gaps: null,
    register: null,
  },
} as const satisfies Readonly<Record<string, KnownSource>>

export type SourceName = keyof typeof knownSources

/** What is known of the source of a file that was recognised. */
export function knownSource(name: string): KnownSource & { readonly name: string } {
  if (!Object.hasOwn(knownSources, name)) throw new Error(`nothing is known of the source ${name}`)
  return { name, ...knownSources[name as SourceName] }
}
