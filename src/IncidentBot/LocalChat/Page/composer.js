'use strict';

// The message box: what can be typed next, and what was typed before.

const composer = { suggestions: [], active: -1, from: 0, historyAt: null };

const historyLength = 50;

/** What fits at the caret: where it begins, the offers, and which one Enter takes at once (-1: none, Enter sends). */
function suggest(before) {
  const mention = before.match(/(?:^|[\s(])@([\p{L}\p{M}\p{N}._-]*)$/u);
  if (mention) return suggestPeople(mention[1], before.length);
  if (!before.trimStart().startsWith('/')) return { items: [] };

  const [, group, name, rest] = before.match(/^\s*\/(\S*)(?:\s+(?:INC-\d+\s+)?(\S*))?(?:\s+([\s\S]*))?$/i);
  if (name === undefined) return suggestGroups(group, before.length);
  if (rest === undefined) return suggestNames(group, name, before.length);
  return suggestOptions(group, name, rest, before.length);
}

function suggestPeople(partial, caret) {
  const items = [...state.people.values()]
    .filter(person => person.id.startsWith(partial.toLowerCase()))
    .map(person => ({ text: `@${person.name}`, detail: person.zoneId }));
  const isWhole = state.people.has(partial.toLowerCase());
  return { from: caret - partial.length - 1, items, active: isWhole ? -1 : 0 };
}

function suggestGroups(partial, caret) {
  const details = { incident: 'declare, update, resolve, ask for help', timeline: 'note what happens' };
  const items = [...new Set(state.commands.map(command => command.group))]
    .filter(group => group.startsWith(partial.toLowerCase()) && group !== partial)
    .map(group => ({ text: `/${group}`, detail: details[group] ?? '' }));
  return { from: caret - partial.length - 1, items, active: 0 };
}

const commandsOf = group => state.commands.filter(command => command.group === group.toLowerCase());
const answersTo = (command, name) => command.name === name.toLowerCase() || command.aliases.includes(name.toLowerCase());

function suggestNames(group, partial, caret) {
  const starts = name => name.startsWith(partial.toLowerCase());
  const items = commandsOf(group)
    .filter(command => starts(command.name) || (partial !== '' && command.aliases.some(starts)))
    .map(command => ({ text: command.name, detail: command.summary }));
  const isWhole = commandsOf(group).some(command => answersTo(command, partial));
  return { from: caret - partial.length, items, active: partial === '' || isWhole ? -1 : 0 };
}

/** Options are offered at the beginning, after a dash, and when a word begins like one; Enter still sends. */
function suggestOptions(group, name, rest, caret) {
  const command = commandsOf(group).find(candidate => answersTo(candidate, name));
  const partial = rest.match(/\S*$/)[0];
  if (!command || (partial === '' && rest !== '')) return { items: [] };
  const typed = new Set(rest.slice(0, rest.length - partial.length).split(/\s+/));
  const items = command.options
    .filter(option => option.startsWith(partial) && option !== partial && (!typed.has(option) || option === '--service'))
    .map(option => ({ text: option, detail: '' }));
  return { from: caret - partial.length, items, active: -1 };
}

function updateSuggestions() {
  const box = $('composer');
  const { items = [], from = 0, active = -1 } = box.selectionStart === box.selectionEnd ? suggest(box.value.slice(0, box.selectionStart)) : {};
  Object.assign(composer, { suggestions: items, from, active: items.length > 0 ? active : -1 });
  renderSuggestions();
  renderUsage();
}

function renderSuggestions() {
  const { suggestions, active } = composer;
  const list = $('suggestions');
  list.hidden = suggestions.length === 0;
  list.replaceChildren(...suggestions.map(({ text, detail }, index) => el('li', {
    role: 'option',
    id: `suggestion-${index}`,
    'aria-selected': String(index === active),
    onmousedown: event => {
      event.preventDefault();
      accept(index);
    },
  }, el('code', {}, text), el('span', { class: 'hint' }, detail))));
  if (active >= 0) {
    $('composer').setAttribute('aria-activedescendant', `suggestion-${active}`);
    list.children[active].scrollIntoView({ block: 'nearest' });
  } else {
    $('composer').removeAttribute('aria-activedescendant');
  }
  $('suggestion-count').textContent = suggestions.length > 0 ? `${suggestions.length} suggestions, arrow keys to choose` : '';
}

/** How the command that is being typed is used. */
function renderUsage() {
  const [, group, name] = $('composer').value.match(/^\s*\/(\S+)\s+(?:INC-\d+\s+)?(\S+)/i) ?? [];
  const command = name && commandsOf(group).find(candidate => answersTo(candidate, name));
  $('usage').hidden = !command;
  $('usage').replaceChildren(...(command ? [el('code', {}, command.syntax), ` ${command.summary}`] : []));
}

function accept(index) {
  const box = $('composer');
  const { text } = composer.suggestions[index];
  box.setRangeText(`${text} `, composer.from, box.selectionStart, 'end');
  boxChanged();
}

function closeSuggestions() {
  Object.assign(composer, { suggestions: [], active: -1 });
  renderSuggestions();
}

function moveSuggestion(step) {
  const count = composer.suggestions.length;
  composer.active = composer.active < 0 ? (step > 0 ? 0 : count - 1) : (composer.active + step + count) % count;
  renderSuggestions();
}

function suggestionKey(event) {
  switch (event.key) {
    case 'ArrowDown': return moveSuggestion(1), true;
    case 'ArrowUp': return moveSuggestion(-1), true;
    case 'Escape': return closeSuggestions(), true;
    case 'Tab': return !event.shiftKey && (accept(Math.max(composer.active, 0)), true);
    case 'Enter': return composer.active >= 0 && !event.shiftKey && (accept(composer.active), true);
    default: return false;
  }
}

const historyKey = () => `history:${state.me.id}`;

/** ArrowUp in an empty box, or while going through what was sent before. */
function historyStep(step) {
  const box = $('composer');
  const sent = kept.read(historyKey(), []);
  if (box.value !== '' && composer.historyAt === null) return false;
  if (step > 0 && composer.historyAt === null) return false;
  const at = (composer.historyAt ?? sent.length) + step;
  if (at < 0 || sent.length === 0) return true;
  composer.historyAt = at < sent.length ? at : null;
  box.value = sent[at] ?? '';
  resizeBox();
  closeSuggestions();
  renderUsage();
  return true;
}

function rememberSent(text) {
  const sent = kept.read(historyKey(), []).filter(earlier => earlier !== text);
  kept.write(historyKey(), [...sent, text].slice(-historyLength));
  composer.historyAt = null;
}

function composerKey(event) {
  if (event.isComposing) return;
  if (composer.suggestions.length > 0 && suggestionKey(event)) {
    event.preventDefault();
  } else if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    submitComposer();
  } else if ((event.key === 'ArrowUp' && historyStep(-1)) || (event.key === 'ArrowDown' && historyStep(1))) {
    event.preventDefault();
  }
}

function submitComposer() {
  const text = $('composer').value;
  if (text.trim() === '' || !state.room) return;
  $('composer').value = '';
  rememberSent(text);
  boxChanged();
  closeSuggestions();
  send(text.trim(), state.room);
}

/** Puts a text into the box, to be looked at and sent. */
function offerText(text) {
  showView('chat');
  $('composer').value = text;
  $('composer').focus();
  boxChanged();
}

function boxChanged() {
  composer.historyAt = null;
  resizeBox();
  updateSuggestions();
  if (state.room) kept.write(`text:${state.room.view.id}`, $('composer').value);
}

/** The text that was left in the box of a room. */
function restoreBox(room) {
  $('composer').value = kept.read(`text:${room.view.id}`, '');
  $('composer-label').textContent = isDirect(room) ? `Message to ${nameOf(room)}` : `Message in ${nameOf(room)}`;
  composer.historyAt = null;
  resizeBox();
  closeSuggestions();
  renderUsage();
}

function resizeBox() {
  const box = $('composer');
  box.style.height = 'auto';
  box.style.height = `${Math.min(box.scrollHeight, window.innerHeight * 0.4)}px`;
}

function startComposer() {
  const box = $('composer');
  box.addEventListener('keydown', composerKey);
  box.addEventListener('input', boxChanged);
  box.addEventListener('click', updateSuggestions);
  box.addEventListener('blur', closeSuggestions);
  $('composer-form').addEventListener('submit', event => {
    event.preventDefault();
    submitComposer();
    box.focus();
  });
}
