// How a phone comes to trust this office's own authority: the certificate, and a page that says where to tap. Plain HTML,
// because it is read on phones that trust nothing yet.

import { X509Certificate } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { languageOf, type Language, sentence } from './words.ts'

const PHONES = ['ios', 'android', 'harmony', 'windows'] as const

/** Adds `/local-authority.crt` and `/trust`. `certificate`: PEM of the local authority. */
export function serveTrust(server: FastifyInstance, certificate: string): void {
  const hidden = { schema: { hide: true } }
  const authority = new X509Certificate(certificate)
  server.get('/local-authority.crt', hidden, (_request, reply) =>
    reply
      .type('application/x-x509-ca-cert')
      .header('content-disposition', 'attachment; filename="sunlot-local-authority.crt"')
      .send(authority.raw),
  )
  server.get('/trust', hidden, (request, reply) => {
    const language = languageOf(/^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : undefined)
    return reply.type('text/html; charset=utf-8').send(pageOf(authority.fingerprint256, language))
  })
}

function pageOf(fingerprint: string, language: Language): string {
  const say = (code: string): string => sentence(`trust.${code}`, {}, language)
  const phones = PHONES.map((phone) => {
    const steps = say(`${phone}_steps`)
      .split('|')
      .map((step) => `<li>${step.trim()}</li>`)
    return `<h2>${say(phone)}</h2><ol>${steps.join('')}</ol>`
  })
  return [
    `<!doctype html><html lang="${language}"><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${say('title')}</title><h1>${say('title')}</h1><p>${say('why')}</p>`,
    `<p><a href="/local-authority.crt">${say('download')}</a></p>`,
    `<p>${say('compare')}</p><p><code>${fingerprint}</code></p>`,
    ...phones,
    `<p>${say('limits')}</p></html>`,
  ].join('\n')
}
