'use strict';

// What is typed goes to the bot, once, also over a broken connection.

const retryAfter = 2_000;

function send(text, room) {
  const id = newId();
  const entry = { id, room: room.view.id, person: state.me.id, text };
  state.outbox.push(entry);
  kept.write(`outbox:${id}`, entry);
  addLocal(room, { type: 'own', ...entry, state: 'sending' });
  sendOutbox();
}

const itemOf = entry => state.rooms.get(entry.room)?.items.find(item => item.type === 'own' && item.id === entry.id);

function changeOwn(entry, change) {
  const item = itemOf(entry);
  if (!item) return;
  Object.assign(item, change);
  showInLog(state.rooms.get(entry.room));
}

/** Sends what waits, one after the other, each under the id that it got when it was typed. */
async function sendOutbox() {
  if (state.isSending) return;
  state.isSending = true;
  while (state.outbox.length > 0 && await sendFirst());
  state.isSending = false;
}

/** Returns whether the next one may go. */
async function sendFirst() {
  const entry = state.outbox[0];
  const known = knownIncidents();
  try {
    const { message, answer } = await post('/messages', entry);
    dropFromOutbox(entry);
    if (message) takeMessage(message);
    else takeAnswer(entry, answer, known);
    return true;
  } catch (fault) {
    if (fault.isPassing) {
      changeOwn(entry, { state: 'waiting', fault: fault.message });
      setTimeout(sendOutbox, retryAfter);
      return false;
    }
    dropFromOutbox(entry);
    changeOwn(entry, { state: 'failed', fault: fault.message });
    return true;
  }
}

function dropFromOutbox(entry) {
  state.outbox = state.outbox.filter(waiting => waiting.id !== entry.id);
  kept.remove(`outbox:${entry.id}`);
}

/** Gives the text of something that was not sent, or refused, back to the box. */
function takeBack(item) {
  dropFromOutbox(item);
  const room = state.rooms.get(item.room);
  if (item.state !== 'refused') room.items = room.items.filter(other => other !== item);
  showInLog(room);
  offerText(item.text);
}

function takeAnswer(entry, answer, known) {
  changeOwn(entry, { state: answer.isRefused ? 'refused' : 'answered', answer });
  afterAnswer(answer, state.rooms.get(entry.room), known);
}

/** Taken before something is asked: the room of an incident that comes of it is opened, that of another one is not. */
const knownIncidents = () => new Set([...state.rooms.values()].map(room => room.view.incident));

/** Shows the answer to something that was not typed: a form, a button that opens one. */
function showAnswer(answer, room, known) {
  addLocal(room, { type: 'ephemeral', content: answer.message, isRefused: answer.isRefused });
  afterAnswer(answer, room, known);
}

function afterAnswer(answer, room, known) {
  if (answer.form) showBotForm(answer.form, room);
  if (answer.incident === null || answer.isRefused) return;
  refreshIncident(answer.incident);
  if (known.has(answer.incident) || room.view.incident === answer.incident) return;
  state.awaitedIncidents.add(answer.incident);
  const existing = roomOfIncident(answer.incident);
  if (existing) follow(existing, false);
}
