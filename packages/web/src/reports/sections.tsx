import { Marking } from '@tocsin/domain/audience.ts'
import type { Country } from '@tocsin/domain/country.ts'
import {
  Harm,
  InformationGrade,
  PlacePrecision,
  Report,
  SourceGrade,
} from '@tocsin/domain/report.ts'
import { type ReactNode, useId } from 'react'
import { BigChoice } from '../docket/BigChoice.tsx'
import { LongField } from '../docket/LongField.tsx'
import { useRefused } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'

/* The sections of a report, each a part of the form by itself: the field's own intake is made of them. */

export function Section({
  title,
  children,
}: {
  readonly title: string
  readonly children: ReactNode
}) {
  const id = useId()
  return (
    <section className="part-of" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

/** What somebody says happened or may happen; never who says so. */
export function WhatSection() {
  const { t } = useShell()
  return (
    <Section title={t('report.what-title')}>
      <BigChoice
        name="kind"
        legend={t('report.kind')}
        options={Report.shape.kind.options.map((value) => ({
          value,
          says: t(`report.kind-${value}`),
        }))}
        chosen="incident"
      />
      <LongField
        name="what"
        label={t('report.what')}
        hint={t('report.what-hint')}
        rows={6}
        required
      />
      <p className="note">{t('report.no-source')}</p>
    </Section>
  )
}

export function WhenSection({ today }: { readonly today: string }) {
  const { t } = useShell()
  return (
    <Section title={t('report.when-title')}>
      <div className="two-of">
        <Field
          name="fromDay"
          label={t('report.from-day')}
          type="date"
          defaultValue={today}
          required
        />
        <Field
          name="untilDay"
          label={t('report.until-day')}
          hint={t('report.until-day-hint')}
          type="date"
          defaultValue={today}
          required
        />
      </div>
    </Section>
  )
}

export function WhereSection({ places }: { readonly places: readonly Country[] }) {
  const { t, locale } = useShell()
  return (
    <Section title={t('report.where-title')}>
      <Choice name="country" label={t('report.place-country')}>
        <option value="">{t('report.place-no-country')}</option>
        {places.map(({ iso3, names }) => (
          <option key={iso3} value={iso3}>
            {names[locale] ?? iso3}
          </option>
        ))}
      </Choice>
      <Field
        name="place"
        label={t('report.place-place')}
        hint={t('report.place-place-hint')}
        maxLength={200}
      />
      <Choice
        name="precision"
        label={t('report.place-precision')}
        hint={t('report.place-precision-hint')}
      >
        <option value="">{t('report.place-no-precision')}</option>
        {PlacePrecision.options.map((one) => (
          <option key={one} value={one}>
            {t(`report.precision-${one}`)}
          </option>
        ))}
      </Choice>
    </Section>
  )
}

/** Whom it strikes: groups and counts, never persons. */
export function PeopleSection() {
  const { t } = useShell()
  return (
    <Section title={t('report.people-title')}>
      <Field
        name="groups"
        label={t('report.groups')}
        hint={t('report.groups-hint')}
        maxLength={200}
      />
      <p className="hint">{t('report.harm-hint')}</p>
      {Harm.options.map((kind) => (
        <HarmRow key={kind} kind={kind} />
      ))}
    </Section>
  )
}

function HarmRow({ kind }: { readonly kind: Harm }) {
  const { t } = useShell()
  const isRefused = useRefused(kind)
  const id = useId()
  return (
    <fieldset className="harm">
      <legend>{t(`report.harm-${kind}`)}</legend>
      {isRefused && (
        <span id={id} className="hint late">
          {t('report.harm-order')}
        </span>
      )}
      <div className="three-of">
        {(['low', 'best', 'high'] as const).map((part) => (
          <label key={part}>
            <span>{t(`report.${part}`)}</span>
            <input
              type="number"
              inputMode="numeric"
              name={`${kind}-${part}`}
              min={0}
              max={99_999_999}
              step={1}
              aria-invalid={isRefused || undefined}
              aria-describedby={isRefused ? id : undefined}
            />
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** How reliable the source is and how credible what it says, judged apart. */
export function GradeSection() {
  const { t } = useShell()
  return (
    <Section title={t('report.grade-title')}>
      <BigChoice
        name="sourceGrade"
        legend={t('report.grade-source')}
        hint={t('report.grade-source-hint')}
        options={SourceGrade.options.map((value) => ({
          value,
          says: `${value} · ${t(`report.grade-${value}`)}`,
        }))}
      />
      <BigChoice
        name="informationGrade"
        legend={t('report.grade-information')}
        hint={t('report.grade-information-hint')}
        options={InformationGrade.options.map((value) => ({
          value,
          says: `${value} · ${t(`report.grade-${value}`)}`,
        }))}
      />
    </Section>
  )
}

/** Whether sending this may bring harm to somebody, asked before it is sent. */
export function HarmCheckSection() {
  const { t } = useShell()
  return (
    <Section title={t('report.risk-title')}>
      <BigChoice
        name="someoneAtRisk"
        legend={t('report.risk')}
        hint={t('report.risk-hint')}
        options={(['yes', 'unsure', 'no'] as const).map((value) => ({
          value,
          says: t(`report.risk-${value}`),
        }))}
        isRow
      />
      <Choice
        name="marking"
        label={t('open-matter.marking-label')}
        hint={t('report.marking-hint')}
        defaultValue="TLP:AMBER+STRICT"
      >
        {Marking.options.map((marking) => (
          <option key={marking}>{marking}</option>
        ))}
      </Choice>
    </Section>
  )
}
