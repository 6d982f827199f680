'use strict';

// From the bot's messages to elements. Everything a person typed becomes text.

const webLink = /^https?:\/\//i;

function renderRichText(text) {
  return (text?.spans ?? []).map(renderSpan);
}

function renderSpan(span) {
  switch (span.$type) {
    case 'text': return renderTextSpan(span);
    case 'mention': return el('span', { class: 'mention' }, `@${span.person.name}`);
    case 'link': return renderLink(span);
    case 'room': return renderRoomLink(span);
    case 'instant': return time(span.at, state.me.zoneId);
    default: return '';
  }
}

function renderTextSpan({ text, style }) {
  const tag = { Bold: 'strong', Italic: 'em', Code: 'code' }[style];
  return tag ? el(tag, {}, text) : text;
}

function renderLink({ url, text }) {
  return webLink.test(url) ? el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, text) : text;
}

function renderRoomLink({ incidentNumber, name }) {
  const room = roomOfIncident(incidentNumber);
  return el('button', { type: 'button', class: 'link', onclick: () => openIncidentRoom(incidentNumber) }, `#${room?.view.id ?? name}`);
}

/** The blocks of a message. `room` is where its buttons act. */
function renderBlocks(message, room) {
  return message.blocks.map(block => {
    switch (block.$type) {
      case 'heading': return el(`h${Math.min(block.level + 2, 6)}`, { class: `heading-${block.level}`, dir: 'auto' }, renderRichText(block.text));
      case 'text': return el('p', { dir: 'auto' }, renderRichText(block.text));
      case 'fields': return el('dl', { class: 'fields' }, block.fields.map(renderField));
      case 'list': return el('ul', {}, block.items.map(item => el('li', { dir: 'auto' }, renderRichText(item))));
      case 'buttons': return el('div', { class: 'buttons' }, block.buttons.map(button => renderButton(button, room)));
      case 'context': return el('p', { class: 'context', dir: 'auto' }, renderRichText(block.text));
      default: return null;
    }
  });
}

const renderField = ({ label, value }) => el('div', {}, el('dt', {}, label), el('dd', { dir: 'auto' }, renderRichText(value)));

function renderButton(button, room) {
  const press = () => (button.opensForm ? openForm(button.opensForm, room) : send(button.command, room));
  return el('button', { type: 'button', class: button.isPrimary ? 'primary' : null, onclick: press }, button.label);
}

/** What a person said: text, with the names of people set off. */
function renderSaid(text) {
  if (text.trimStart().startsWith('/')) return el('p', { dir: 'auto' }, el('code', { class: 'typed' }, text));
  const parts = text.split(/(@[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]*[\p{L}\p{M}\p{N}])?)/u);
  return el('p', { dir: 'auto' }, parts.map(part =>
    part.startsWith('@') && state.people.has(part.slice(1).toLowerCase()) ? el('span', { class: 'mention' }, part) : part));
}

const authorName = id => (id === null ? 'IncidentBot' : state.people.get(id)?.name ?? id);

function renderAvatar(author) {
  const hue = [...(author ?? '')].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 6;
  const name = authorName(author);
  return el('span', { class: `avatar ${author === null ? 'bot' : `hue-${hue}`}`, 'aria-hidden': 'true' }, author === null ? '!' : [...name][0].toUpperCase());
}

/** The time stands in the zone of whom one speaks as. */
function renderHead(author, at, ...marks) {
  const zone = state.me.zoneId;
  return el('header', {},
    el('strong', { class: 'author' }, authorName(author)),
    author === null ? el('span', { class: 'tag' }, 'bot') : null,
    time(at, zone, clock(at, zone)),
    ...marks);
}

const renderTag = (text, kind = '') => el('span', { class: `tag ${kind}` }, text);

/** One line of the log: a message, something of one's own, or what only this person sees. */
function renderItem(item, room, isGrouped) {
  const render = { message: renderMessage, own: renderOwn, ephemeral: renderEphemeral }[item.type];
  const element = render(item, room);
  element.dataset.key = item.key;
  element.classList.toggle('grouped', isGrouped);
  return element;
}

function renderMessage({ message }, room) {
  const body = message.author === null
    ? renderBlocks(message.content, room)
    : [renderSaid(message.content.blocks[0].text.spans[0].text)];
  const file = message.file && el('a', {
    class: 'file', download: message.file.name, href: `${message.file.url}?person=${encodeURIComponent(state.me.id)}`,
  }, `⬇ ${message.file.name}`);
  return el('article', { class: `message ${message.author === null ? 'from-bot' : ''}` },
    renderAvatar(message.author),
    el('div', { class: 'content' },
      renderHead(message.author, message.at,
        message.isPinned ? renderTag('pinned') : null,
        message.editedAt ? renderTag('updated') : null),
      file ? el('p', {}, file) : body));
}

function renderOwn(item, room) {
  const isCommand = item.text.trimStart().startsWith('/');
  return el('article', { class: `message ${isCommand ? 'ephemeral' : ''} ${item.state}` },
    renderAvatar(item.person),
    el('div', { class: 'content' },
      renderHead(item.person, item.at,
        isCommand ? renderTag('Only visible to you', 'private') : null),
      renderSaid(item.text),
      item.answer ? el('div', { class: `answer ${item.answer.isRefused ? 'refused' : ''}` }, renderBlocks(item.answer.message, room)) : null,
      renderOwnState(item)));
}

function renderOwnState(item) {
  const edit = el('button', { type: 'button', class: 'quiet', onclick: () => takeBack(item) }, 'Edit and send again');
  switch (item.state) {
    case 'sending': return el('p', { class: 'context' }, 'Sending…');
    case 'waiting': return el('p', { class: 'fault' }, `${item.fault} It is kept and sent as soon as it can be. `, edit);
    case 'failed': return el('p', { class: 'fault' }, `${item.fault} `, edit);
    case 'refused': return el('p', {}, edit);
    default: return null;
  }
}

function renderEphemeral(item, room) {
  return el('article', { class: `message ephemeral from-bot ${item.isRefused ? 'refused' : ''}` },
    renderAvatar(null),
    el('div', { class: 'content' },
      renderHead(null, item.at, renderTag('Only visible to you', 'private')),
      renderBlocks(item.content, room)));
}
