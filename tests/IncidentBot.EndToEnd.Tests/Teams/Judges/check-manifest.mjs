#!/usr/bin/env node
// Judges a Teams app manifest by the schema that Microsoft publishes for its version: node check-manifest.mjs manifest.json
// The schemas are those of npm @microsoft/app-manifest. Its own validator has these options; the published package lacks what it loads.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
const modules = resolve(process.env.CHECKS_MODULES ?? 'node_modules');
const require = createRequire(join(modules, 'x.js'));
const Ajv = require('ajv-draft-04').default;
const addFormats = require('ajv-formats').default;
const manifest = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const schema = JSON.parse(readFileSync(join(modules, '@microsoft', 'app-manifest', 'build', 'json-schemas', 'teams', `v${manifest.manifestVersion}`, 'MicrosoftTeams.schema.json'), 'utf8'));
const ajv = new Ajv({ allErrors: true, strictTypes: false });
addFormats(ajv, ['uri', 'email', 'regex']);
const validate = ajv.compile(schema);
const faults = validate(manifest) ? [] : validate.errors.map(e => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
if (!manifest.$schema.includes(`/v${manifest.manifestVersion}/`)) faults.push(`$schema is not that of ${manifest.manifestVersion}`);
faults.forEach(f => console.log('ERROR', f));
if (!faults.length) console.log('manifest ok');
process.exit(faults.length ? 1 : 0);
