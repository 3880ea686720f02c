import type { Route } from '@tocsin/api/route.ts'
import { ProblemCode, ProblemDetails } from '@tocsin/domain/problem.ts'
import { z } from 'zod'

const ProblemAnswer = z.object({ code: ProblemCode, details: ProblemDetails })

type JsonSchema = {
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
}

/** The OpenAPI 3.1 description of the routes, made from the same schemas that check them. */
export function describeApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describe(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tocsin',
      version: '1',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      summary: 'Everything a Tocsin node shows on screen, for programs.',
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    paths,
  }
}

function describe(route: Route): object {
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[^A-Za-z0-9]+/g, '_')}`,
    summary: route.summary,
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(route.body && {
      requestBody: {
        required: true,
        content: { [route.media ?? 'application/json']: { schema: schemaOf(route.body, 'input') } },
      },
    }),
    ...(route.consumes && {
      requestBody: {
        required: true,
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
    }),
    responses: {
      200: {
        description: route.summary,
        content: answersOf(route),
      },
      default: {
        description: 'The request was refused, or failed; `code` says why.',
        content: { 'application/problem+json': { schema: schemaOf(ProblemAnswer, 'output') } },
      },
    },
  }
}

/** Each media type in which the route answers, and what is in it. */
function answersOf({ media, sends, produces, response }: Route): Record<string, object> {
  if (sends) {
    const bytes = { schema: { type: 'string', format: 'binary' } }
    return Object.fromEntries(sends.map((type) => [type, bytes]))
  }
  if (produces) return { [produces]: { schema: { type: 'string' } } }
  return { [media ?? 'application/json']: { schema: schemaOf(response, 'output') } }
}

function parameters(schema: z.ZodObject | undefined, where: 'path' | 'query'): readonly object[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input')
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: property,
  }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return json as JsonSchema
}
