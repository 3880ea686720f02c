import type { HeardFrom, NetworkNode } from '@tocsin/api/network.ts'
import type { Instant, OrganisationId } from '@tocsin/domain/brand.ts'
import { describe, expect, test } from 'vitest'
import { silencesIn } from './step.ts'

const NOW = '2026-01-10T12:00:00.000Z' as Instant
const hoursAgo = (hours: number) =>
  new Date(Date.parse(NOW) - hours * 3_600_000).toISOString() as Instant
const id = (name: string) => name as OrganisationId

type Said = {
  readonly lastHours: number
  readonly toldHours?: number
  readonly heard?: HeardFrom[]
}

const node = (name: string, { lastHours, toldHours, heard = [] }: Said): NetworkNode => ({
  organisation: id(name),
  name,
  kind: 'focal-point',
  state: 'pinned',
  address: null,
  exchanges: [],
  lastExchangeAt: hoursAgo(lastHours),
  waiting: 0,
  waitingSince: null,
  failures: 0,
  logSize: null,
  directory: null,
  trustedSince: null,
  software: null,
  heard,
  toldAt: toldHours === undefined ? null : hoursAgo(toldHours),
})

const silent = node('C', { lastHours: 30 })
const heardOf = (hours: number) => [{ organisation: id('C'), at: hoursAgo(hours) }]
const found = (...others: NetworkNode[]) =>
  silencesIn([...others, silent], NOW).map(({ name, to, heardBy }) => [name, to, heardBy])

describe('a member that we have not heard from for a day', () => {
  test('is silent to us alone where another heard from it', () => {
    expect(found(node('B', { lastHours: 1, toldHours: 1, heard: heardOf(2) }))).toEqual([
      ['C', 'us', 1],
    ])
  })

  test('is silent to all where whoever told has not heard from it either', () => {
    expect(found(node('B', { lastHours: 1, toldHours: 1, heard: heardOf(40) }))).toEqual([
      ['C', 'all', 0],
    ])
  })

  test('is not said to be silent to others by what nobody told, or told long ago', () => {
    expect(found(node('B', { lastHours: 1 }))).toEqual([['C', 'unknown', 0]])
    const old = node('B', { lastHours: 1, toldHours: 25, heard: heardOf(26) })
    expect(found(old)).toEqual([['C', 'unknown', 0]])
  })

  test('is not mentioned while it is heard', () => {
    expect(silencesIn([node('B', { lastHours: 2 })], NOW)).toEqual([])
  })
})
