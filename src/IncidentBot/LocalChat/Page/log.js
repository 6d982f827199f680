'use strict';

// The log of the open room: messages, what one typed oneself, what only this person sees.

const groupWithin = 5 * 60_000;

const orderOf = item => (item.type === 'message' ? [item.message.id, 0] : [item.after, item.sequence]);

function compareItems(a, b) {
  const [left, right] = [orderOf(a), orderOf(b)];
  return left[0] - right[0] || left[1] - right[1];
}

const lastMessageId = room => room.items.findLast(item => item.type === 'message')?.message.id ?? room.view.lastMessageId;

let sequence = 0;

/** Something that is only here, after the last message. */
function localItem(room, item) {
  const number = ++sequence;
  return { key: `local-${number}`, after: lastMessageId(room), sequence: number, at: new Date().toISOString(), ...item };
}

/** Adds a message or brings it up to date; returns its item and whether it is new. */
function addMessage(room, message) {
  const key = `message-${message.id}`;
  room.items = room.items.filter(item => !(item.type === 'own' && item.id === message.clientId && item.person === message.author));
  const existing = room.items.find(item => item.key === key);
  if (existing) {
    existing.message = message;
    return { item: existing, isNew: false };
  }
  const item = { type: 'message', key, message };
  room.items.push(item);
  room.items.sort(compareItems);
  return { item, isNew: true };
}

function addLocal(room, item) {
  const added = localItem(room, item);
  room.items.push(added);
  room.items.sort(compareItems);
  showInLog(room);
  return added;
}

const authorOf = item => (item.type === 'message' ? item.message.author : item.type === 'own' ? item.person : null);
const timeOf = item => Date.parse(item.type === 'message' ? item.message.at : item.at);

function isGrouped(item, previous) {
  return previous?.type === 'message' && item.type === 'message' && authorOf(item) !== null
    && authorOf(item) === authorOf(previous) && timeOf(item) - timeOf(previous) < groupWithin;
}

/** Draws the log: lines that are there and unchanged are kept, so that focus, selection and screen readers are not disturbed. */
function renderLog() {
  const room = state.room;
  const log = $('messages');
  const drawn = new Map([...log.children].map(element => [element.dataset.key, element]));
  const lines = room.items.map((item, index) => {
    const grouped = isGrouped(item, room.items[index - 1]);
    const version = JSON.stringify([item.message ?? item, grouped, state.me.zoneId]);
    const earlier = drawn.get(item.key);
    if (earlier?.version === version) return earlier;
    const line = renderItem(item, room, grouped);
    line.version = version;
    if (earlier) line.classList.add('changed');
    return line;
  });
  const stays = new Set(lines);
  for (const line of [...log.children]) if (!stays.has(line)) line.remove();
  lines.forEach((line, index) => {
    if (log.children[index] !== line) log.insertBefore(line, log.children[index] ?? null);
  });
  $('older').hidden = !room.hasMore;
  $('welcome').hidden = room.view.id !== 'general' || room.hasMore || !room.isLoaded;
}

const isAtEnd = () => $('scroll').scrollHeight - $('scroll').scrollTop - $('scroll').clientHeight < 80;

function scrollToEnd() {
  $('scroll').scrollTop = $('scroll').scrollHeight;
  $('jump').hidden = true;
}

function showInLog(room, isOwn = true) {
  if (room !== state.room) return;
  const follows = isOwn || isAtEnd();
  renderLog();
  if (follows) scrollToEnd();
  else $('jump').hidden = false;
}
