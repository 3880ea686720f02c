import {
  ewpEpisodes,
  ewpEvents,
  ewpForecasts,
  ewpMassKilling,
  ewpOutOfSample,
  ewpPredictors,
  ewpRankings,
} from './early-warning.ts'
import { ethnicPower } from './ethnic-power.ts'
import { inform, informCompact } from './inform.ts'
import { ownTable } from './own-table.ts'
import { politicalTerror } from './political-terror.ts'
import type { RowFormat } from './row-format.ts'
import { treatyActions, treatyStatus } from './treaties.ts'
import { ucdpBattleDeaths, ucdpConflictParticipants, ucdpConflicts } from './ucdp-conflicts.ts'
import { ucdpCountryMonth, ucdpCountryMonthByType } from './ucdp-country-month.ts'
import { ucdpCountryYear, ucdpCountryYearCompact } from './ucdp-country-year.ts'
import { ucdpGed } from './ucdp-ged.ts'
import { vdem } from './vdem.ts'
import { views } from './views.ts'
import { worldBank, worldBankCompact } from './world-bank.ts'

/** Every kind of file that is read. A file is of the first kind whose columns it has. */
export const formats: readonly RowFormat[] = [
  ucdpCountryYear,
  ucdpCountryYearCompact,
  ucdpGed,
  ucdpCountryMonth,
  ucdpCountryMonthByType,
  ucdpBattleDeaths,
  ucdpConflicts,
  ucdpConflictParticipants,
  ewpPredictors,
  ewpMassKilling,
  ewpEpisodes,
  ewpEvents,
  ewpForecasts,
  ewpRankings,
  ewpOutOfSample,
  vdem,
  worldBank,
  worldBankCompact,
  inform,
  informCompact,
  politicalTerror,
  ethnicPower,
  treatyActions,
  treatyStatus,
  views,
  ownTable,
]
