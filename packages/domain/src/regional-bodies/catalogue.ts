import type { Body } from '../regional-body.ts'
import {
  arabLeague,
  commonwealthOfStates,
  islamicCooperation,
  northAtlantic,
} from './across-regions.ts'
import { africanUnion } from './african-union.ts'
import { caricom, oas } from './americas.ts'
import { aseanBody, gcc, pacificForum, saarc } from './asia-and-pacific.ts'
import { councilOfEurope } from './council-of-europe.ts'
import { europeanUnion } from './european-union.ts'
import { coastalPact, confederation } from './five-rivers.ts'
import { eac, icglr, igad } from './great-lakes-and-east-africa.ts'
import { osce } from './osce.ts'
import { comesa, sadc } from './southern-africa.ts'
import { unitedNations } from './united-nations.ts'
import { eccas, ecowas } from './west-and-central-africa.ts'

/** Every body held, with its organs and procedures; those of the fictional region stand last. */
export const bodies: readonly Body[] = [
  africanUnion,
  ecowas,
  eccas,
  icglr,
  igad,
  eac,
  sadc,
  comesa,
  oas,
  caricom,
  aseanBody,
  saarc,
  gcc,
  pacificForum,
  europeanUnion,
  councilOfEurope,
  osce,
  arabLeague,
  islamicCooperation,
  commonwealthOfStates,
  northAtlantic,
  unitedNations,
  confederation,
  coastalPact,
]

const byCode = new Map(bodies.map((body) => [body.code, body]))

export const findBody = (code: string): Body | undefined => byCode.get(code)
