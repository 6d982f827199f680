'use strict';

// The side panel: the incident of the room, as it is now.

const panel = { incident: null, timer: null, reading: 0 };

const panelTabs = ['timeline', 'draft', 'findings'];

/** Shows the incident of a room, or that it has none. */
function showIncidentOf(room) {
  const number = room?.view.incident ?? null;
  if (number !== panel.incident?.number) renderNoIncident(number !== null);
  if (number !== null) readIncident(number);
}

/** Reads it anew a moment later: commands come with several events. */
function refreshIncident(number) {
  if (state.room?.view.incident !== number) return;
  clearTimeout(panel.timer);
  panel.timer = setTimeout(() => readIncident(number), 150);
}

async function readIncident(number) {
  const reading = ++panel.reading;
  try {
    const incident = await get(`/incidents/${number}?person=${encodeURIComponent(state.me.id)}`);
    if (reading === panel.reading && state.room?.view.incident === number) renderIncident(incident);
  } catch (fault) {
    if (fault.status === 404) renderNoIncident(false);
    else if (fault.isPassing) panel.timer = setTimeout(() => readIncident(number), 3_000);
    else toast(fault.message);
  }
}

function renderNoIncident(isLoading) {
  panel.incident = null;
  $('panel-content').hidden = true;
  $('panel-empty').hidden = isLoading;
}

function renderIncident(incident) {
  panel.incident = incident;
  $('panel-empty').hidden = true;
  $('panel-content').hidden = false;
  $('incident-title').textContent = incident.title;
  $('incident-badges').replaceChildren(...renderBadges(incident));
  renderFacts();
  renderTimeline(incident.timeline);
  renderDraft(incident.draft);
  renderFindings(incident.draft.findings);
}

function renderBadges(incident) {
  return [
    el('span', { class: 'key' }, incident.key),
    el('span', { class: `badge ${incident.severity}` }, incident.severity.toUpperCase()),
    el('span', { class: `badge status ${incident.isOpen ? 'open' : 'closed'}` }, incident.status),
    incident.isDrill ? el('span', { class: 'badge' }, 'drill') : null,
    incident.isPrivate ? el('span', { class: 'badge' }, 'private') : null,
  ].filter(Boolean);
}

/** The facts; drawn again every half minute, while the duration grows. */
function renderFacts() {
  const incident = panel.incident;
  if (!incident) return;
  const zone = state.me.zoneId;
  const waiting = incident.escalations.filter(escalation => escalation.state === 'open');
  const facts = [
    [incident.isOpen ? 'So far' : 'Lasted', incident.duration ?? duration(Date.now() - Date.parse(incident.startedAt))],
    ['Since', time(incident.startedAt, zone)],
    incident.resolvedAt && ['Until', time(incident.resolvedAt, zone)],
    ['Services', incident.services.join(', ') || notRecorded()],
    ['Users affected', incident.percentOfUsers === null ? notRecorded() : `${incident.percentOfUsers}%`],
    ...incident.roles.map(role => [role.role[0].toUpperCase() + role.role.slice(1), `@${role.holder}`]),
    waiting.length > 0 && ['Waiting for', waiting.map(escalation => escalation.target).join(', ')],
  ];
  $('incident-facts').replaceChildren(...facts.filter(Boolean).map(([label, value]) =>
    el('div', {}, el('dt', {}, label), el('dd', { dir: 'auto' }, value))));
}

const notRecorded = () => el('em', { class: 'missing' }, 'not recorded');

function renderTimeline(entries) {
  const zone = state.me.zoneId;
  let shownDay = null;
  const rows = [];
  for (const entry of entries) {
    const entryDay = day(entry.at, zone);
    if (entryDay !== shownDay) rows.push(el('li', { class: 'day' }, `${entryDay} ${zone}`));
    shownDay = entryDay;
    rows.push(renderEntry(entry, zone));
  }
  $('timeline').replaceChildren(...rows);
  $('timeline-count').textContent = entries.length;
}

function renderEntry(entry, zone) {
  return el('li', { class: `entry kind-${entry.kind}` },
    time(entry.at, zone, clock(entry.at, zone)),
    el('div', {},
      el('p', { class: 'kind' }, entry.label, el('span', { class: 'hint' }, ` #${entry.number} · ${entry.author}${entry.isCorrected ? ' · corrected' : ''}`)),
      el('p', { dir: 'auto' }, renderRichText(entry.text))));
}

function renderDraft(draft) {
  $('draft-words').textContent = `${draft.wordCount} words`;
  $('draft').replaceChildren(...trustedHtml(draft.html));
}

const allowedTags = new Set([
  'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'P', 'UL', 'OL', 'LI', 'STRONG', 'EM', 'CODE', 'PRE', 'BLOCKQUOTE', 'HR', 'BR',
  'TABLE', 'THEAD', 'TBODY', 'TR', 'TH', 'TD', 'A',
]);

/** Takes over the structure of the server's HTML, element by known element; anything else becomes its text. */
function trustedHtml(html) {
  const copy = node => {
    if (node.nodeType === Node.TEXT_NODE) return [node.data];
    if (node.nodeType !== Node.ELEMENT_NODE) return [];
    const children = [...node.childNodes].flatMap(copy);
    if (!allowedTags.has(node.tagName)) return children;
    const link = node.tagName === 'A' ? node.getAttribute('href') : null;
    return [el(node.tagName, webLink.test(link) ? { href: link, target: '_blank', rel: 'noopener noreferrer' } : {}, children)];
  };
  return [...new DOMParser().parseFromString(html, 'text/html').body.childNodes].flatMap(copy);
}

function renderFindings(findings) {
  const missing = findings.filter(finding => finding.kind !== 'notice').length;
  $('findings-count').textContent = missing || '✓';
  $('findings-count').classList.toggle('alert', missing > 0);
  $('findings').replaceChildren(...(findings.length > 0
    ? findings.map(renderFinding)
    : [el('li', { class: 'all-well' }, 'Nothing is missing. The postmortem has every part it needs.')]));
}

function renderFinding({ kind, part, text, remedy }) {
  return el('li', { class: `finding ${kind}` },
    el('p', {}, el('span', { class: `badge ${kind}` }, kind), ' ', el('strong', {}, part)),
    el('p', { dir: 'auto' }, text),
    remedy ? el('button', { type: 'button', class: 'remedy', title: 'Put it into the message box', onclick: () => offerText(remedy) }, el('code', {}, remedy)) : null);
}

function selectTab(name, withFocus = false) {
  for (const tab of panelTabs) {
    const isSelected = tab === name;
    $(`tab-${tab}`).setAttribute('aria-selected', String(isSelected));
    $(`tab-${tab}`).tabIndex = isSelected ? 0 : -1;
    $(`panel-${tab}`).hidden = !isSelected;
  }
  if (withFocus) $(`tab-${name}`).focus();
}

function moveTab(event, name) {
  const at = panelTabs.indexOf(name);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: panelTabs.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  selectTab(panelTabs.at(to % panelTabs.length), true);
}

async function copyDraft() {
  try {
    await navigator.clipboard.writeText(panel.incident.draft.markdown);
    toast('The postmortem is on the clipboard, as Markdown.');
  } catch {
    toast('This browser does not let the page use the clipboard. Select the text and copy it.');
  }
}

function startPanel() {
  for (const name of panelTabs) {
    $(`tab-${name}`).addEventListener('click', () => selectTab(name));
    $(`tab-${name}`).addEventListener('keydown', event => moveTab(event, name));
  }
  $('copy-draft').addEventListener('click', copyDraft);
  setInterval(renderFacts, 30_000);
}
