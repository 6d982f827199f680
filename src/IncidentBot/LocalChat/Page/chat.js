'use strict';

// The page as a whole: who speaks, which room is open, what is sent and what comes in.

const state = {
  people: new Map(),
  rooms: new Map(),
  commands: [],
  me: null,
  room: null,
  stream: null,
  /** What was typed and not sent yet, also before the page was loaded; kept one by one, since several tabs may be open. */
  outbox: kept.all('outbox:'),
  isSending: false,
  /** Incidents that this page declared, and rooms whose next incident it shows: it goes there once there is a room. */
  awaitedIncidents: new Set(),
  sampleRoom: null,
};

const roomOfIncident = number => [...state.rooms.values()].find(room => room.view.incident === number);

// People

function takePerson(view) {
  state.people.set(view.id, view);
  const people = [...state.people.values()].sort((a, b) => a.name.localeCompare(b.name));
  $('speak-as').replaceChildren(...people.map(person => el('option', { value: person.id, selected: person.id === state.me?.id }, person.name)));
  $('people-names').replaceChildren(...people.map(person => el('option', { value: `@${person.name}` })));
}

/** Everything that is visible depends on who looks: rooms, times, answers. So the page begins anew as that person. */
async function speakAs(id) {
  kept.write('person', id);
  await load(id);
}

// Rooms

function takeRoom(view) {
  const known = state.rooms.get(view.id);
  const room = known ?? { items: [], isLoaded: false, isLoading: false, hasMore: false };
  room.view = { ...view, lastMessageId: Math.max(view.lastMessageId, known?.view.lastMessageId ?? 0) };
  state.rooms.set(view.id, room);
  renderRooms();
  if (room === state.room) renderRoomHead();
  follow(room, known === undefined);
}

/** Goes to the room of an incident that was declared from here, or by the sample that plays here. */
function follow(room, isNew) {
  const { incident } = room.view;
  if (incident === null) return;
  const isOfSample = isNew && state.sampleRoom !== null && state.room?.view.id === state.sampleRoom;
  if (!state.awaitedIncidents.delete(incident) && !isOfSample) return;
  state.sampleRoom = null;
  openRoom(room.view.id);
}

/** The room of this person with the bot. */
const isDirect = room => room.view.id.startsWith('@');
const nameOf = room => (isDirect(room) ? 'IncidentBot' : room.view.id);
const titleOf = room => (isDirect(room) ? '@' : '#') + nameOf(room);

const readKey = () => `read:${state.me.id}`;
const isUnread = room => room !== state.room && room.view.lastMessageId > (kept.read(readKey(), {})[room.view.id] ?? 0);

function markRead(room) {
  kept.write(readKey(), { ...kept.read(readKey(), {}), [room.view.id]: room.view.lastMessageId });
}

/** Who speaks here for the first time has read all that was there before. */
function markAllReadAtFirst() {
  if (kept.read(readKey(), null)) return;
  kept.write(readKey(), Object.fromEntries([...state.rooms.values()].map(room => [room.view.id, room.view.lastMessageId])));
}

function renderRooms() {
  const rooms = [...state.rooms.values()].sort((a, b) => isDirect(b) - isDirect(a));
  $('rooms').replaceChildren(...rooms.map(room => {
    const unread = isUnread(room);
    return el('li', {}, el('button', {
      type: 'button',
      class: unread ? 'unread' : null,
      'aria-current': room === state.room ? 'page' : null,
      onclick: () => openRoom(room.view.id),
    },
    el('span', { class: 'hash', 'aria-hidden': 'true' }, isDirect(room) ? '@' : room.view.isPrivate ? '🔒' : '#'),
    el('span', { class: 'name' }, nameOf(room)),
    isDirect(room) ? el('span', { class: 'sr-only' }, ' (direct messages)') : null,
    unread ? el('span', { class: 'dot' }, el('span', { class: 'sr-only' }, ' (unread)')) : null));
  }));
  const hasUnread = rooms.some(isUnread);
  $('rooms-dot').hidden = !hasUnread;
  document.title = `${hasUnread ? '• ' : ''}${state.room ? `${titleOf(state.room)} · ` : ''}IncidentBot`;
}

async function openRoom(id) {
  const room = state.rooms.get(id);
  if (!room) return;
  state.room = room;
  location.hash = encodeURIComponent(id);
  kept.write(`room:${state.me.id}`, id);
  markRead(room);
  renderRooms();
  renderRoomHead();
  restoreBox(room);
  showIncidentOf(room);
  showView('chat');
  renderLog();
  scrollToEnd();
  if (matchMedia('(hover: hover)').matches && !$('form-dialog').open) $('composer').focus();
  // A screen reader is to hear what comes in, not the whole room.
  $('messages').ariaBusy = 'true';
  if (!room.isLoaded && !room.isLoading) await readHistory(room);
  $('messages').ariaBusy = 'false';
}

function openIncidentRoom(number) {
  const room = roomOfIncident(number);
  if (room) openRoom(room.view.id);
  else toast(`The room of INC-${number} is not here yet.`);
}

function renderRoomHead() {
  $('room-name').textContent = titleOf(state.room);
  $('room-topic').textContent = state.room.view.topic;
}

async function readHistory(room, before) {
  const query = new URLSearchParams({ person: state.me.id, ...(before && { before }) });
  // What comes in meanwhile may be missing in the answer, so it counts from now on.
  room.isLoading = true;
  try {
    const history = await get(`/rooms/${encodeURIComponent(room.view.id)}/messages?${query}`);
    room.isLoaded = true;
    room.hasMore = history.hasMore;
    for (const message of history.messages) addMessage(room, message);
    if (room !== state.room) return;
    const height = $('scroll').scrollHeight;
    renderLog();
    if (before) $('scroll').scrollTop += $('scroll').scrollHeight - height;
    else scrollToEnd();
  } catch (fault) {
    if (fault.isPassing) setTimeout(() => room === state.room && readHistory(room, before), retryAfter);
    else toast(fault.message);
  } finally {
    room.isLoading = false;
  }
}

// Coming in

function takeMessage(message) {
  const room = state.rooms.get(message.room);
  if (!room) return;
  room.view.lastMessageId = Math.max(room.view.lastMessageId, message.id);
  if (room.isLoaded || room.isLoading || message.clientId) addMessage(room, message);
  if (room === state.room && !document.hidden) markRead(room);
  renderRooms();
  showInLog(room, message.author === state.me.id);
  if (room.view.incident !== null) refreshIncident(room.view.incident);
}

function takeEvent(type, data) {
  switch (type) {
    case 'message': return takeMessage(data);
    case 'room': return takeRoom(data);
    case 'person': return takePerson(data);
    case 'reset': return load(state.me.id);
  }
}

function showConnection(connection) {
  const text = { connecting: 'Connecting…', connected: 'Connected', reconnecting: 'Reconnecting…' }[connection];
  if ($('connection').dataset.state === connection) return;
  $('connection').dataset.state = connection;
  $('connection').textContent = text;
  document.body.classList.toggle('offline', connection === 'reconnecting');
  if (connection === 'connected') sendOutbox();
}

// The page

/** On a phone one of the three parts is visible. */
function showView(view) {
  document.body.dataset.view = view;
  for (const button of document.querySelectorAll('.views button')) {
    button.setAttribute('aria-pressed', String(button.dataset.view === view));
  }
}

function showWelcome() {
  const lines = [
    ['/incident start sev2 Checkout answers 500 --service checkout', 'declares an incident and opens its room'],
    ['/timeline action restarted the payment gateway', 'there: notes what you do and see, as you go'],
    ['/incident resolve rolled back to the earlier release', 'at the end: stops the clock and writes the postmortem'],
  ];
  $('welcome-lines').replaceChildren(...lines.map(([command, effect]) => el('li', {},
    el('button', { type: 'button', class: 'try', onclick: () => offerText(command) }, el('code', {}, command)),
    el('span', {}, effect))));
}

async function playSample() {
  $('play-sample').disabled = true;
  try {
    const { room } = await post('/sample', { person: state.me.id });
    state.sampleRoom = room;
    if (state.rooms.has(room)) openRoom(room);
    else takeRoom({ id: room, topic: '', incident: null, declaredBy: null, isPrivate: false, members: [], lastMessageId: 0 });
    openRoom(room);
  } catch (fault) {
    toast(fault.message);
  } finally {
    $('play-sample').disabled = false;
  }
}

/** Reads all there is and follows what happens from there on. */
async function load(personId) {
  state.stream?.close();
  try {
    const { people, rooms, lastEventId } = await get(`/state?person=${encodeURIComponent(personId)}`);
    state.me = people.find(person => person.id === personId) ?? people[0];
    if (state.me.id !== personId) return await load(state.me.id);
    state.people.clear();
    people.forEach(takePerson);
    state.rooms.clear();
    state.room = null;
    rooms.forEach(takeRoom);
    markAllReadAtFirst();
    $('speaker-zone').textContent = state.me.zoneId;
    showOutbox();
    state.stream = new EventStream(state.me.id, lastEventId, takeEvent, showConnection);
    openRoom(firstRoom());
  } catch (fault) {
    if (!fault.isPassing) return toast(fault.message);
    showConnection('reconnecting');
    setTimeout(() => load(personId), retryAfter);
  }
}

function roomInAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}

function goToAddress() {
  if (state.room && roomInAddress() !== state.room.view.id) openRoom(roomInAddress());
}

function firstRoom() {
  const wanted = [roomInAddress(), kept.read(`room:${state.me.id}`, '')];
  return wanted.find(id => state.rooms.has(id)) ?? 'general';
}

/** What was typed before the page was loaded and has not been sent yet. */
function showOutbox() {
  for (const entry of state.outbox) {
    const room = state.rooms.get(entry.room);
    if (room) addLocal(room, { type: 'own', ...entry, state: 'waiting', fault: 'Not sent yet.' });
  }
}

async function readCommands() {
  try {
    state.commands = await get('/commands');
  } catch {
    setTimeout(readCommands, retryAfter);
  }
}

function start() {
  startComposer();
  startForms();
  startPanel();
  showWelcome();
  $('speak-as').addEventListener('change', event => speakAs(event.target.value));
  $('older').addEventListener('click', () => readHistory(state.room, state.room.items.find(item => item.type === 'message').message.id));
  $('jump').addEventListener('click', scrollToEnd);
  $('scroll').addEventListener('scroll', () => isAtEnd() && ($('jump').hidden = true));
  $('play-sample').addEventListener('click', playSample);
  for (const button of document.querySelectorAll('.views button')) button.addEventListener('click', () => showView(button.dataset.view));
  window.addEventListener('hashchange', goToAddress);
  window.addEventListener('online', sendOutbox);
  document.addEventListener('visibilitychange', () => !document.hidden && state.room && (markRead(state.room), renderRooms()));
  readCommands();
  load(kept.read('person', 'maria'));
}

start();
