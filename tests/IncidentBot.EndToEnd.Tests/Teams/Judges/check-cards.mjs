#!/usr/bin/env node
// Judges Adaptive Cards: node check-cards.mjs FILE.json...        exit 0 = all are fine, 1 = a card is not, 2 = usage
// npm adaptivecards parses and validates; then the rules of Teams that it does not know.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
const modules = resolve(process.env.CHECKS_MODULES ?? 'node_modules');
// The bundle: the package's modules import each other without extensions, which node does not resolve.
const AC = createRequire(join(modules, 'x.js'))('adaptivecards/dist/adaptivecards.js');
const MOST_BYTES = 24 * 1024;
const MOST_ACTIONS = 6;

const HOST = new AC.HostConfig({ actions: { maxActions: MOST_ACTIONS } });
// Teams' people picker is an extension of cards of any version, without choices of its own; the library has it since 1.6:
// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/people-picker
const isPeoplePicker = e => e.message.includes('choices.data') || e.message.includes('must have at least one choice');

function check(json) {
  const faults = [];
  const context = new AC.SerializationContext(new AC.Version(1, 5));
  const card = new AC.AdaptiveCard();
  card.hostConfig = HOST;
  try { card.parse(json, context); } catch (e) { return [`parse: ${e.message}`]; }
  for (let i = 0; i < context.eventCount; i++) {
    const e = context.getEventAt(i);
    if (!isPeoplePicker(e)) faults.push(`parse ${AC.ValidationEvent[e.event]}: ${e.message}`);
  }
  for (const e of card.validateProperties().validationEvents) if (!isPeoplePicker(e)) faults.push(`validate ${AC.ValidationEvent[e.event]}: ${e.message}`);
  const [major, minor] = String(json.version ?? '').split('.').map(Number);
  if (!(major === 1 && minor <= 5)) faults.push(`teams: version ${json.version} is above 1.5`);
  const bytes = Buffer.byteLength(JSON.stringify(json));
  if (bytes > MOST_BYTES) faults.push(`teams: ${bytes} bytes`);
  const ids = new Set();
  const texts = [];
  const walk = node => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (!node || typeof node !== 'object') return;
    const type = typeof node.type === 'string' ? node.type : '';
    if (type.startsWith('Input.') || type.startsWith('Action.')) {
      if (!node.id) faults.push(`rule: ${type} without id`);
      else if (ids.has(node.id)) faults.push(`rule: duplicate id ${node.id}`);
      else ids.add(node.id);
    }
    if (type.startsWith('Input.') && !node.label) faults.push(`rule: ${type} ${node.id ?? ''} without label`);
    if (type === 'Input.ChoiceSet' && !node.choices?.length && !node['choices.data']) faults.push(`rule: ${node.id} without choices`);
    if (type === 'Action.Execute' && !node.verb) faults.push('rule: Action.Execute without verb');
    if (type === 'TextBlock' && !node.wrap) faults.push('rule: TextBlock does not wrap');
    if (node.actions?.length > MOST_ACTIONS) faults.push(`teams: ${node.actions.length} actions in a row`);
    if (type === 'TextBlock') texts.push(node.text);
    if (type === 'FactSet') node.facts.forEach(f => texts.push(f.title, f.value));
    Object.values(node).forEach(walk);
  };
  walk({ body: json.body, actions: json.actions });
  const entities = json.msteams?.entities ?? [];
  for (const e of entities) {
    if (e.type !== 'mention' || !e.mentioned?.id || !texts.some(t => t.includes(e.text))) faults.push(`teams: a mention without a place: ${e.text}`);
    if (entities.filter(o => o.text === e.text).length > 1) faults.push(`teams: two mentions share a text: ${e.text}`);
  }
  for (const at of texts.flatMap(t => t.match(/<at>.*?<\/at>/g) ?? []))
    if (!entities.some(e => e.text === at)) faults.push(`teams: ${at} mentions nobody`);
  return faults;
}

const files = process.argv.slice(2);
if (!files.length) { console.error('usage: check-cards.mjs FILE.json...'); process.exit(2); }
let failed = 0;
for (const file of files) {
  const faults = check(JSON.parse(readFileSync(file, 'utf8')));
  console.log(`${faults.length ? 'ERROR' : 'ok   '} ${file}`);
  faults.forEach(f => console.log(`      ${f}`));
  failed ||= faults.length;
}
process.exit(failed ? 1 : 0);
